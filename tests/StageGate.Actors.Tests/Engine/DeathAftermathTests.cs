using Akka.Actor;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

/// <summary>What becomes of code that is running when its scheduler dies, and of those beside it.</summary>
public sealed class DeathAftermathTests : IDisposable
{
    private readonly ActorSystem _system = Systems.New();
    private readonly Gate _gate = new();

    public static TheoryData<string, string> Cases => Deaths.OnEachDispatcher;

    public void Dispose()
    {
        _gate.Dispose();
        _system.Terminate().EndsSomehow();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    [Guarantee("D6")]
    public void A_task_that_runs_is_asked_to_end(string death, string dispatcher)
    {
        using var scheduler = Attach(dispatcher);
        var left = new TaskCompletionSource<bool>();
        var task = scheduler.Result(c => c.NewTask(token =>
        {
            try
            {
                _gate.Pass();
                left.SetResult(token.WaitHandle.WaitOne(Limits.Wait));
                token.ThrowIfCancellationRequested();
            }
            finally
            {
                left.TrySetResult(false);
            }
        }).Run());
        _gate.WaitUntilEntered();
        _gate.Open();

        _system.Die(death);

        Assert.True(left.Task.Ends());
        Assert.IsType<SchedulerTerminatedException>(task.GetException(Limits.Wait));
    }

    /// <summary>While all workers are busy, the scheduler sees many submissions together, and dies with some that it has not seen.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    [Guarantee("V2")]
    public void What_was_accepted_is_counted_also_where_it_was_not_yet_seen(string death, string dispatcher)
    {
        const int count = 20;
        using var scheduler = Attach(dispatcher);
        var submitted = new TaskCompletionSource<TaskHandle[]>();
        var pipeline = scheduler.Run(c =>
        {
            submitted.SetResult([.. Enumerable.Range(0, count).Select(_ => c.NewTask(_gate.Pass).Run())]);
            return Nested.Pass(_gate);
        });
        var tasks = submitted.Task.Ends();

        _system.Die(death);
        foreach (var task in tasks)
            task.Completion.EndsSomehow();
        pipeline.Completion.EndsSomehow();
        Assert.True(SpinWait.SpinUntil(() => scheduler.IsClosed, Limits.Wait));

        Assert.Equal(new TaskCounts(0, 0, 0, 0, count, 0, 0), scheduler.Snapshot().Tasks);
        Assert.Equal(new TaskCounts(0, 0, 0, 0, count, 0, 0), pipeline.Snapshot().Tasks);
        Assert.All(tasks, task => Assert.Equal(TaskState.Failed, task.State));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    [Guarantee("V5")]
    public void What_a_callable_does_under_a_handle_that_has_ended_does_not_change_it(string death, string dispatcher)
    {
        using var scheduler = Attach(dispatcher);
        using var body = new Gate();
        var task = scheduler.Result(c => c.NewTask(() =>
        {
            _gate.Pass();
            return 7;
        }).Run());
        var pipeline = scheduler.Run(_ =>
        {
            body.Pass();
            return 8;
        });
        _gate.WaitUntilEntered();
        body.WaitUntilEntered();
        _system.Die(death);
        var (ofTask, ofPipeline) = (task.GetException(Limits.Wait), pipeline.GetException(Limits.Wait));

        _gate.Open();
        body.Open();

        // Ends when the actors have, and with them their callables.
        _system.Terminate().Ends();
        Assert.Equal((TaskState.Failed, PipelineState.Failed), (task.State, pipeline.State));
        Assert.Same(ofTask, Assert.Throws<SchedulerTerminatedException>(() => task.GetResult()));
        Assert.Same(ofPipeline, Assert.Throws<SchedulerTerminatedException>(() => pipeline.GetResult()));
        Assert.Equal(new TaskCounts(0, 0, 0, 0, Failed: 1, 0, 0), scheduler.Snapshot().Tasks);
    }

    [Theory]
    [InlineData(Dispatchers.Inline)]
    [InlineData(Dispatchers.Pinned)]
    [Guarantee("D8")]
    public void Another_scheduler_in_the_same_system_goes_on(string dispatcher)
    {
        using var dying = Attach(dispatcher);
        using var other = Scheduler.Attach(_system, Schedulers.Options(resources: ("cpu", 1)).On(dispatcher));
        var doomed = dying.Run(_ =>
        {
            _gate.Pass();
            return 1;
        });
        using var gate = new Gate();
        var (running, queued) = other.Result(c => (
            c.NewTask(() => { gate.Pass(); return 2; }).Requires("cpu", 1).Run(),
            c.NewTask(() => 3).Requires("cpu", 1).Run()));
        _gate.WaitUntilEntered();
        gate.WaitUntilEntered();

        _system.Die("the root is killed");

        Assert.IsType<SchedulerTerminatedException>(doomed.GetException(Limits.Wait));
        Assert.Equal((TaskState.Running, TaskState.Queued), (running.State, queued.State));
        gate.Open();
        Assert.Equal(2, running.GetResult(Limits.Wait));
        Assert.Equal(3, queued.GetResult(Limits.Wait));
        Assert.Equal(4, other.Result(_ => 4));
    }

    private Scheduler Attach(string dispatcher) =>
        Scheduler.Attach(_system, Schedulers.Options().On(dispatcher), Systems.SchedulerName);
}
