using System.Collections.Concurrent;
using Akka.Actor;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Load.Matrix;

/// <summary>
/// A scheduler with work of every fate, for many threads to call at a time: ended well, failed, canceled, running, and waiting in line. What
/// runs waits until <see cref="Open"/>; then all of it ends by itself.
/// </summary>
internal sealed class Arena : IDisposable
{
    private readonly ManualResetEventSlim _opened = new();
    private readonly TaskCompletionSource _openedAsync = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<Tracked> _work = new();
    private readonly FormatException _boom = new("boom");

    /// <param name="system">The actor system to attach it to.</param>
    /// <param name="dispatcher">What the scheduler runs on.</param>
    /// <param name="mayDie">Whether its engine may die under the calls.</param>
    /// <param name="insiders">How many places and workers there are for <see cref="Insiders"/>, besides those of the rest.</param>
    public Arena(ActorSystem system, string dispatcher, bool mayDie, int insiders)
    {
        System = system;
        MayDie = mayDie;
        Workers = 2 + insiders;
        Scheduler = Scheduler.Attach(system, Schedulers.Options(pipelines: 2 + insiders, tasks: Workers, ("cpu", 2)).On(dispatcher));
        Mail = new ArenaMail(this);
    }

    public ActorSystem System { get; }

    public Scheduler Scheduler { get; }

    /// <summary>Whether the engine may die under the calls, so that more may be thrown.</summary>
    public bool MayDie { get; }

    public int Workers { get; }

    public ArenaMail Mail { get; }

    public IReadOnlyList<PipelineHandle<int>> Pipelines { get; private set; } = [];

    public IReadOnlyList<TaskHandle<int>> Tasks { get; private set; } = [];

    public PipelineHandle<int> Pipeline(int i) => Pipelines[i % Pipelines.Count];

    public TaskHandle<int> Task(int i) => Tasks[i % Tasks.Count];

    public IEnumerable<WorkHandle> AllWork => _work.Select(work => work.Handle);

    /// <summary>Submits the work of every fate, and waits until it is there.</summary>
    public void Fill()
    {
        using var filled = new Gate();
        filled.Open();
        var ended = TrackRun(_ => 1);
        ended.Completion.Ends();
        var busy = TrackRun(controls =>
        {
            Tasks = Submit(controls);
            filled.Pass();
            Assert.True(_opened.Wait(Limits.Wait));
            return 2;
        });
        var marker = new Marker();
        var flow = Track(Scheduler.RunAsync<int>(async _ =>
        {
            marker.Ran = true;
            await _openedAsync.Task;
            return 3;
        }), marker);
        filled.WaitUntilEntered();

        // All places are taken: these wait in line.
        var queued = TrackRun(_ => 4);
        var failing = TrackRun(_ => throw _boom);
        var canceled = TrackRun(_ => 6);
        Assert.True(canceled.Cancel());
        Pipelines = [ended, busy, flow, queued, failing, canceled];
    }

    public void Open()
    {
        if (!_opened.IsSet)
            Mail.ExpectAnswers();
        _opened.Set();
        _openedAsync.TrySetResult();
    }

    /// <summary>Submits one more pipeline, and keeps its handle; or it is refused for a reason that is allowed.</summary>
    public void Submit(Func<Marker, PipelineHandle> run)
    {
        var marker = new Marker();
        try
        {
            Track(run(marker), marker);
        }
        catch (InvalidOperationException refused)
        {
            Assert.True(Scheduler.ShutdownStarted, "It was refused although shutdown has not begun.");
            Assert.True(refused.GetType() == typeof(InvalidOperationException) || (MayDie && refused is SchedulerTerminatedException), $"{refused}");
        }
    }

    /// <summary>What a call for the outcome of work may throw, once the work is in the state that it is in now.</summary>
    public void AssertAllowed(Exception? thrown, WorkHandle handle, bool hasTimeout)
    {
        if (thrown is TimeoutException)
        {
            Assert.True(hasTimeout, $"{handle}: {thrown}");
            return;
        }

        Assert.True(handle.IsDone, $"{handle} gave an outcome before it had ended: {thrown}");
        var state = handle is PipelineHandle pipeline ? $"{pipeline.State}" : $"{((TaskHandle)handle).State}";
        var isAllowed = thrown switch
        {
            null => state == "Succeeded",
            WorkCanceledException => state == "Canceled",
            WorkTerminatedException => state == "Terminated",
            SchedulerTerminatedException => state == "Failed" && MayDie,
            _ => state == "Failed" && ReferenceEquals(thrown, _boom),
        };
        Assert.True(isAllowed, $"{handle}: {thrown}");
    }

    /// <summary>To be called when the scheduler is closed and nobody calls any more.</summary>
    public void AssertEnded()
    {
        Assert.True(Scheduler.IsClosed);
        Assert.All(_work, work => work.AssertEnded(MayDie));
        var snapshot = Scheduler.Snapshot();
        Assert.True(snapshot is { IsClosed: true, ShutdownStarted: true, IsHeadHeldUp: false });
        if (!MayDie)
        {
            Assert.Equal((0, 0, 0), (snapshot.Tasks.Queued, snapshot.Tasks.Admitted, snapshot.Tasks.Running));
            Assert.Equal((0, 0), (snapshot.Pipelines.Queued, snapshot.Pipelines.Running));
            Assert.All(snapshot.Resources, resource => Assert.Equal(0, resource.InUse));
            Mail.AwaitTheRest(pipelinesAccepted: snapshot.Pipelines.Total - _work.Count(work => work.Handle is PipelineHandle));
        }
    }

    public void Dispose()
    {
        Open();
        Mail.Dispose();
    }

    private List<TaskHandle<int>> Submit(IPipelineControls controls)
    {
        var done = TrackTask(controls, _ => 1, cpu: 0);
        var failed = TrackTask(controls, _ => throw _boom, cpu: 0);
        controls.Wait([done, failed], Limits.Wait);
        var running = TrackTask(
            controls,
            token =>
            {
                Assert.True(_opened.Wait(Limits.Wait, CancellationToken.None));
                token.ThrowIfCancellationRequested();
                return 3;
            },
            cpu: 2);
        return [done, failed, running, TrackTask(controls, _ => 4, cpu: 1), TrackTask(controls, _ => 5, cpu: 2)];
    }

    private TaskHandle<int> TrackTask(IPipelineControls controls, Func<CancellationToken, int> work, int cpu)
    {
        var marker = new Marker();
        return Track(controls.NewTask(token => marker.Mark(() => work(token))).Requires("cpu", cpu).Run(), marker);
    }

    private PipelineHandle<int> TrackRun(Func<IPipelineControls, int> script)
    {
        var marker = new Marker();
        return Track(Scheduler.Run(controls => marker.Mark(() => script(controls))), marker);
    }

    private THandle Track<THandle>(THandle handle, Marker marker)
        where THandle : WorkHandle
    {
        _work.Enqueue(new Tracked(handle, marker));
        return handle;
    }

    private sealed record Tracked(WorkHandle Handle, Marker Marker)
    {
        public void AssertEnded(bool mayHaveDied)
        {
            Assert.True(Handle.IsDone, $"{Handle}");
            if (Handle.IsCanceled)
                Assert.False(Marker.Ran, $"{Handle} was canceled, and has run.");
            else
                Assert.True(Marker.Ran || mayHaveDied, $"{Handle} has never run.");
        }
    }
}
