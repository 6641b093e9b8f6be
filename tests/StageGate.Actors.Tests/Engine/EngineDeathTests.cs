using Akka.Actor;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

/// <summary>Here a callable and a <c>Run()</c> are blocked for as long as the test lasts, while everything around them dies.</summary>
public sealed class EngineDeathTests : IDisposable
{
    private readonly ActorSystem _system = Systems.New();
    private readonly Gate _callable = new();
    private readonly Gate _body = new();
    private readonly Gate _submitted = new();
    private Scheduler _scheduler = null!;
    private TaskHandle<int> _running = null!;
    private TaskHandle<int> _queued = null!;
    private PipelineHandle<Exception?> _waiting = null!;
    private PipelineHandle<int> _blocked = null!;
    private PipelineHandle<int> _pending = null!;
    private readonly TaskCompletionSource<Exception?> _lateSubmission = new();

    public static TheoryData<string, string> Cases => Deaths.OnEachDispatcher;

    private PipelineHandle[] Pipelines => [_waiting, _blocked, _pending];

    public void Dispose()
    {
        _callable.Dispose();
        _body.Dispose();
        _submitted.Dispose();
        _system.Terminate().EndsSomehow();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    [Guarantee("D1")]
    public void Every_handle_ends_and_says_why(string death, string dispatcher)
    {
        Start(dispatcher);

        _system.Die(death);

        foreach (var handle in (WorkHandle[])[_running, _queued, _waiting, _blocked, _pending])
        {
            Assert.IsType<SchedulerTerminatedException>(handle.GetException(Limits.Wait));
            Assert.Same(handle.GetException(), Assert.Throws<SchedulerTerminatedException>(() => handle.GetResult()));
            Assert.Same(handle.GetException(), Assert.Throws<SchedulerTerminatedException>(() => handle.Completion.Ends()));
            Assert.True(handle.IsDone);
            Assert.False(handle.Cancel());
        }

        Assert.False(_running.RequestTermination());
        Assert.Equal(TaskState.Failed, _running.State);
        Assert.Equal(PipelineState.Failed, _pending.State);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    [Guarantee("D2")]
    public void Every_wait_in_progress_ends(string death, string dispatcher)
    {
        Start(dispatcher);
        // Never disposed: the last to signal may still be inside when the waiter has gone on.
        var started = new CountdownEvent(6);
        Task[] waits =
        [
            Started(() => Record.Exception(() => _running.GetResult())),
            Started(() => Record.Exception(() => _pending.GetResult())),
            Started(() => _queued.GetException()),
            Started(() => _scheduler.WaitPipelines(Pipelines)),
            Started(() => _scheduler.WaitPipelines(Pipelines, returnWhen: ReturnWhen.FirstException)),
            Started(() => _scheduler.WaitPipelines([_pending], TimeSpan.FromDays(30))),
            _scheduler.WaitPipelinesAsync(Pipelines),
            _blocked.Completion,
            Awaiting(_pending),
        ];
        Assert.True(started.Wait(Limits.Wait));
        Assert.All(waits, wait => Assert.False(wait.IsCompleted));

        _system.Die(death);

        foreach (var wait in waits)
            wait.EndsSomehow();

        Task Started<T>(Func<T> wait) => Bounded.OnOwnThread(() =>
        {
            started.Signal();
            return wait();
        });

        static async Task Awaiting(PipelineHandle handle) => await handle;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    [Guarantee("K6", "N3")]
    public void A_Close_in_progress_ends_and_so_does_every_later_one(string death, string dispatcher)
    {
        Start(dispatcher);
        // Never disposed: the last to signal may still be inside when the waiter has gone on.
        var started = new CountdownEvent(1);
        var closing = Bounded.OnOwnThread(() =>
        {
            started.Signal();
            _scheduler.Close();
        });
        var closingAsync = _scheduler.CloseAsync();
        Assert.True(started.Wait(Limits.Wait));
        Assert.False(closing.IsCompleted);
        Assert.False(closingAsync.IsCompleted);

        _system.Die(death);

        closing.Ends();
        closingAsync.Ends();
        Bounded.OnOwnThread(() => _scheduler.Close()).Ends();
        _scheduler.CloseAsync().Ends();
        Assert.True(_scheduler.IsClosed);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    [Guarantee("D4")]
    public void The_dead_scheduler_refuses_work_and_still_answers(string death, string dispatcher)
    {
        Start(dispatcher);

        _system.Die(death);
        _pending.Completion.EndsSomehow();

        Assert.Throws<SchedulerTerminatedException>(() => _scheduler.Run(_ => 1));
        Assert.IsType<SchedulerTerminatedException>(_lateSubmission.Task.Ends());
        Assert.True(_scheduler.ShutdownStarted);
        Bounded.OnOwnThread(() => _scheduler.Shutdown(cancelPendingPipelines: true)).Ends();
        var snapshot = Bounded.OnOwnThread(_scheduler.Snapshot).Ends();
        Assert.True(snapshot.ShutdownStarted);
        Assert.True(snapshot.IsClosed);
        Assert.Equal(new PipelineCounts(0, 0, 0, 3, 0), snapshot.Pipelines);
        Assert.Equal(new TaskCounts(0, 0, 0, 0, 2, 0, 0), snapshot.Tasks);
        Assert.Equal([new ResourceUsage("cpu", 2, 0)], snapshot.Resources);
        Assert.Empty(snapshot.RunningPipelines);
        Assert.Equal(2, Bounded.OnOwnThread(_waiting.Snapshot).Ends().Tasks.Failed);
    }

    /// <summary>One pipeline waits for its tasks, one is blocked, one is pending; one task is running, and one is queued.</summary>
    private void Start(string dispatcher)
    {
        var options = Schedulers.Options(pipelines: 2, tasks: 2, ("cpu", 2)).On(dispatcher);
        _scheduler = Scheduler.Attach(_system, options, Systems.SchedulerName);
        _waiting = _scheduler.Run<Exception?>(controls =>
        {
            _running = controls.NewTask(() => Pass(_callable)).Requires("cpu", 1).Run();
            _queued = controls.NewTask(() => 2).Requires("cpu", 2).Run();
            _submitted.Open();
            controls.Wait([_running, _queued]);
            var thrown = Record.Exception(() => controls.NewTask(() => 3).Run());
            _lateSubmission.SetResult(thrown);
            return thrown;
        });
        _blocked = _scheduler.Run(_ => Pass(_body));
        _pending = _scheduler.Run(_ => 3);
        _submitted.Pass();
        _callable.WaitUntilEntered();
        _body.WaitUntilEntered();
    }

    private static int Pass(Gate gate)
    {
        gate.Pass();
        return 1;
    }
}
