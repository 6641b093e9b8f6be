using Akka.Actor;
using StageGate.Actors.Tests.Support;
using static StageGate.Actors.SchedulerEvents;

namespace StageGate.Actors.Tests.Protocol;

/// <summary>What the events say, and in which order they come.</summary>
public sealed class EventTests : IDisposable
{
    private readonly ActorSystem _system = Systems.New();
    private readonly FixedClock _clock = new();

    public static TheoryData<string> Each => [Dispatchers.Inline, Dispatchers.Pinned];

    private DateTimeOffset T => _clock.Now;

    public void Dispose() => _system.Terminate().EndsSomehow();

    [Theory]
    [MemberData(nameof(Each))]
    [Guarantee("E3")]
    public void A_pipeline_with_one_task_in_each_of_two_stages(string dispatcher)
    {
        using var scheduler = Attach(dispatcher);
        var subscriber = new Correspondent(_system);
        subscriber.Subscribe(scheduler);

        scheduler.Run(
            controls =>
            {
                controls.NewTask(() => 1).Requires("cpu", 1.5m).Requires("mem", 0).Named("read").Run().GetResult(Limits.Wait);
                controls.StageForward();
                return controls.NewTask(() => 2).Run().GetResult(Limits.Wait);
            },
            "book").GetResult(Limits.Wait);

        var events = subscriber.EventsSoFar(scheduler);
        var cpu = Assert.IsType<TaskQueued>(events[2]).Resources;
        var none = Assert.IsType<TaskQueued>(events[7]).Resources;
        Assert.Equal(new Dictionary<string, decimal> { ["cpu"] = 1.5m }, cpu);
        Assert.Empty(none);
        Assert.Equal(
            [
                new PipelineQueued(T, 1, "book", 0),
                new PipelineStarted(T, 1, "book", 0),
                new TaskQueued(T, 1, "book", 1, "read", 0, cpu),
                new TaskAdmitted(T, 1, "book", 1, "read", 0, cpu),
                new TaskStarted(T, 1, "book", 1, "read", 0, cpu),
                new TaskEnded(T, 1, "book", 1, "read", 0, cpu, TaskState.Succeeded, null, true),
                new StageAdvanced(T, 1, "book", 1),
                new TaskQueued(T, 1, "book", 2, null, 1, none),
                new TaskAdmitted(T, 1, "book", 2, null, 1, none),
                new TaskStarted(T, 1, "book", 2, null, 1, none),
                new TaskEnded(T, 1, "book", 2, null, 1, none, TaskState.Succeeded, null, true),
                new PipelineEnded(T, 1, "book", 1, PipelineState.Succeeded, null, true),
            ],
            events);
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void Failures_come_as_the_objects_that_were_thrown(string dispatcher)
    {
        using var scheduler = Attach(dispatcher);
        var subscriber = new Correspondent(_system);
        subscriber.Subscribe(scheduler);
        var failure = new FormatException();

        scheduler.Run<int>(controls => controls.NewTask(new Func<int>(() => throw failure)).Run().GetResult(Limits.Wait)).GetException(Limits.Wait);

        var ends = subscriber.EventsSoFar(scheduler).Where(letter => letter is TaskEnded or PipelineEnded).ToList();
        Assert.Equal(
            [
                new TaskEnded(T, 1, null, 1, null, 0, ((TaskEnded)ends[0]).Resources, TaskState.Failed, failure, true),
                new PipelineEnded(T, 1, null, 0, PipelineState.Failed, failure, true),
            ],
            ends);
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void Canceled_and_terminated_work_ends_as_such(string dispatcher)
    {
        using var scheduler = Attach(dispatcher);
        using var gate = new Gate();
        using var submitted = new Gate();
        var subscriber = new Correspondent(_system);
        subscriber.Subscribe(scheduler);
        TaskHandle terminated = null!;
        TaskHandle canceled = null!;
        var running = scheduler.Run(controls =>
        {
            terminated = controls.NewTask(token =>
            {
                gate.Pass();
                token.ThrowIfCancellationRequested();
            }).Run();
            canceled = controls.NewTask(() => 2).Run();
            submitted.Pass();
            return controls.Wait([terminated, canceled], Limits.Wait).Pending.Count;
        });
        var pending = scheduler.Run(_ => 3);
        submitted.WaitUntilEntered();
        gate.WaitUntilEntered();
        Assert.True(canceled.Cancel());
        Assert.True(pending.Cancel());
        Assert.True(terminated.RequestTermination());
        gate.Open();
        submitted.Open();
        running.GetResult(Limits.Wait);

        var events = subscriber.EventsSoFar(scheduler);

        Assert.Equal(
            [typeof(TaskQueued), typeof(TaskAdmitted), typeof(TaskStarted), typeof(TaskEnded)],
            events.OfType<TaskEvent>().Where(e => e.TaskId == 1).Select(e => e.GetType()));
        Assert.Equal(
            [typeof(TaskQueued), typeof(TaskEnded)],
            events.OfType<TaskEvent>().Where(e => e.TaskId == 2).Select(e => e.GetType()));
        Assert.Equal((TaskState.Canceled, null), Ending(events.OfType<TaskEnded>().Single(e => e.TaskId == 2)));
        var ended = events.OfType<TaskEnded>().Single(e => e.TaskId == 1);
        Assert.Equal(TaskState.Terminated, ended.State);
        Assert.IsType<OperationCanceledException>(ended.Failure);
        Assert.Equal(
            [typeof(PipelineQueued), typeof(PipelineEnded)],
            events.OfType<PipelineEvent>().Where(e => e.PipelineId == 2).Select(e => e.GetType()));
        Assert.Equal(PipelineState.Canceled, events.OfType<PipelineEnded>().Single(e => e.PipelineId == 2).State);

        static (TaskState, Exception?) Ending(TaskEnded e) => (e.State, e.Failure);
    }

    [Fact]
    public void All_events_of_one_task_share_its_resources()
    {
        using var scheduler = Attach(Dispatchers.Inline);
        var subscriber = new Correspondent(_system);
        subscriber.Subscribe(scheduler);

        scheduler.Result(controls => controls.NewTask(() => 1).Requires("cpu", 2).Run().GetResult(Limits.Wait));

        var events = subscriber.EventsSoFar(scheduler).OfType<TaskEvent>().ToList();
        Assert.Equal(4, events.Count);
        Assert.All(events, e => Assert.Same(events[0].Resources, e.Resources));
        Assert.Throws<NotSupportedException>(() => ((IDictionary<string, decimal>)events[0].Resources).Add("mem", 1));
    }

    [Fact]
    public void A_task_has_the_time_at_which_its_worker_began_it_and_at_which_it_ended()
    {
        using var scheduler = Attach(Dispatchers.Inline);
        using var gate = new Gate();
        var subscriber = new Correspondent(_system);
        subscriber.Subscribe(scheduler);
        var start = T;
        var pipeline = scheduler.Run(controls =>
        {
            var blocker = controls.NewTask(gate.Pass).Run();
            var task = controls.NewTask(_clock.Advance).Run();
            return controls.Wait([blocker, task], Limits.Wait).Done.Count;
        });
        gate.WaitUntilEntered();
        Assert.True(SpinWait.SpinUntil(() => scheduler.Snapshot().Tasks.Total == 2, Limits.Wait));
        _clock.Advance();
        gate.Open();
        pipeline.GetResult(Limits.Wait);

        var times = subscriber.EventsSoFar(scheduler).OfType<TaskEvent>().Where(e => e.TaskId == 2).Select(e => (e.Timestamp - start).TotalSeconds);

        Assert.Equal([0, 1, 1, 2], times);
    }

    [Fact]
    [Guarantee("X6")]
    public void The_time_is_that_of_the_system_where_the_users_clock_throws()
    {
        var options = Schedulers.Options();
        options.TimeProvider = new BrokenClock();
        using var scheduler = Scheduler.Attach(_system, options);
        var subscriber = new Correspondent(_system);
        subscriber.Subscribe(scheduler);
        var before = DateTimeOffset.UtcNow;

        Assert.Equal(1, scheduler.Result(controls => controls.NewTask(() => 1).Run().GetResult(Limits.Wait)));

        var events = subscriber.EventsSoFar(scheduler).Cast<SchedulerEvent>().ToList();
        Assert.Equal(7, events.Count);
        Assert.All(events, e => Assert.InRange(e.Timestamp, before, DateTimeOffset.UtcNow));
    }

    [Fact]
    public void A_null_clock_is_refused()
    {
        var options = Schedulers.Options();
        options.TimeProvider = null!;

        var refused = Assert.Throws<ArgumentNullException>(() => Scheduler.Attach(_system, options));

        Assert.Contains("SchedulerOptions.TimeProvider", refused.Message, StringComparison.Ordinal);
    }

    private Scheduler Attach(string dispatcher)
    {
        var options = Schedulers.Options(1, 1, ("cpu", 2), ("mem", 2)).On(dispatcher);
        options.TimeProvider = _clock;
        return Scheduler.Attach(_system, options);
    }

    private sealed class BrokenClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => throw new InvalidTimeZoneException();
    }
}
