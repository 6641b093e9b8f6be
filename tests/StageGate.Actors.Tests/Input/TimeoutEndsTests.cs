using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Input;

/// <summary>Time-outs at the ends of <see cref="TimeSpan"/>, in every call that takes one.</summary>
[Guarantee("W1", "R1")]
public class TimeoutEndsTests
{
    private static readonly Dictionary<string, Action<Work, TimeSpan>> s_calls = new()
    {
        ["TaskHandle.GetResult"] = (work, timeout) => work.Task.GetResult(timeout),
        ["WorkHandle.GetException of a task"] = (work, timeout) => work.Task.GetException(timeout),
        ["PipelineHandle.GetResult"] = (work, timeout) => work.Pipeline.GetResult(timeout),
        ["WorkHandle.GetException of a pipeline"] = (work, timeout) => work.Pipeline.GetException(timeout),
        ["WorkHandle.GetResult of a task"] = (work, timeout) => ((WorkHandle)work.Task).GetResult(timeout),
        ["WorkHandle.GetResult of a pipeline"] = (work, timeout) => ((WorkHandle)work.Pipeline).GetResult(timeout),
        ["BlockingPipelineBase.Wait"] = (work, timeout) => Rethrow(work.Scheduler.Result(c =>
        {
            var task = c.NewTask(work.Pass).Run();
            return Record.Exception(() => Timely(c.Wait([task], timeout).Pending.Count));
        })),
        ["Scheduler.WaitPipelines"] = (work, timeout) => Timely(work.Scheduler.WaitPipelines([work.Pipeline], timeout).Pending.Count),
        ["Scheduler.WaitPipelinesAsync"] = (work, timeout) =>
            Timely(work.Scheduler.WaitPipelinesAsync([work.Pipeline], timeout).Ends().Pending.Count),
        ["AsyncPipelineBase.WaitAsync"] = (work, timeout) => Rethrow(work.Scheduler.ResultAsync<Exception?>(async c =>
        {
            var task = c.NewTask(work.Pass).Run();
            return await Record.ExceptionAsync(async () => Timely((await c.WaitAsync([task], timeout)).Pending.Count));
        })),
    };

    private static readonly TimeSpan[] s_negative =
    [
        TimeSpan.MinValue, -TimeSpan.MaxValue, TimeSpan.FromTicks(-1), TimeSpan.FromMilliseconds(-2),
        Timeout.InfiniteTimeSpan - TimeSpan.FromTicks(1), Timeout.InfiniteTimeSpan + TimeSpan.FromTicks(1),
    ];

    private static readonly TimeSpan[] s_endless =
    [
        Timeout.InfiniteTimeSpan, TimeSpan.MaxValue, TimeSpan.MaxValue - TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(int.MaxValue),
        TimeSpan.FromMilliseconds(int.MaxValue + 1L), TimeSpan.FromMilliseconds(uint.MaxValue), TimeSpan.FromDays(366),
    ];

    public static TheoryData<string> Calls => [.. s_calls.Keys];

    [Theory]
    [MemberData(nameof(Calls))]
    public void One_that_is_negative_is_refused_whether_the_work_has_ended_or_not(string call)
    {
        using var work = new Work();
        foreach (var ended in (bool[])[false, true])
        {
            if (ended)
                work.End();
            foreach (var timeout in s_negative)
            {
                var refused = Assert.Throws<ArgumentOutOfRangeException>(() => s_calls[call](work, timeout));
                Assert.Equal(("timeout", timeout), (refused.ParamName, refused.ActualValue));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void One_of_nothing_or_of_one_tick_is_over_at_once(string call)
    {
        using var work = new Work();

        Assert.Throws<TimeoutException>(() => s_calls[call](work, TimeSpan.Zero));
        Assert.Throws<TimeoutException>(() => s_calls[call](work, TimeSpan.FromTicks(1)));
        work.End();
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void One_that_is_as_good_as_endless_waits_for_the_end(string call)
    {
        using var work = new Work();

        var waits = s_endless.Select(timeout => Bounded.OnOwnThread(() => s_calls[call](work, timeout))).ToList();

        Assert.All(waits, wait => Assert.False(wait.IsCompleted));
        work.End();
        waits.ForEach(wait => wait.Ends());
    }

    [Fact]
    public void No_call_that_takes_one_is_left_out() => Assert.Equal(
        PublicCalls.Taking(type => type == typeof(TimeSpan) || type == typeof(TimeSpan?)).Order(),
        s_calls.Keys.Select(call => call.Split(' ')[0]).Distinct().Order());

    private static void Timely(int pending)
    {
        if (pending > 0)
            throw new TimeoutException();
    }

    private static void Rethrow(Exception? thrown)
    {
        if (thrown is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(thrown);
    }

    /// <summary>One pipeline with one task that goes on until it is let go; every call gets work of the same kind.</summary>
    private sealed class Work : IDisposable
    {
        private readonly Gate _gate = new();

        public Work()
        {
            Scheduler = Schedulers.New(pipelines: 20, tasks: 20);
            Pipeline = Scheduler.Run(controls =>
            {
                Task = controls.NewTask(Pass).Run();
                _gate.Pass();
                return 1;
            });
            _gate.WaitUntilEntered();
            Assert.True(SpinWait.SpinUntil(() => Task is not null, Limits.Wait));
        }

        public Scheduler Scheduler { get; }

        public PipelineHandle<int> Pipeline { get; }

        public TaskHandle<int> Task { get; private set; } = null!;

        public int Pass()
        {
            _gate.Pass();
            return 1;
        }

        public void End()
        {
            _gate.Open();
            Pipeline.GetResult(Limits.Wait);
        }

        public void Dispose()
        {
            _gate.Dispose();
            Scheduler.Dispose();
        }
    }
}
