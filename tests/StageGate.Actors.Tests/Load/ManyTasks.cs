using Akka.Actor;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Load;

/// <summary>
/// So many small tasks through so many workers, in four stages of sixteen pipelines, under resources that do not suffice for all workers.
/// Each task runs once, its result arrives, nothing is held twice, the line is kept, and in the end nothing is in use.
/// </summary>
/// <param name="share">How many tasks each pipeline has in each of its stages.</param>
/// <param name="workers">How many workers there are.</param>
/// <param name="dispatcher">What the scheduler runs on.</param>
internal sealed class ManyTasks(int share, int workers, string dispatcher)
{
    /// <summary>How many tasks there are for one in the share.</summary>
    public const int Parts = Pipelines * Stages;

    private const int Stages = 4;
    private const int Pipelines = 16;

    private static readonly Dictionary<string, decimal> s_capacities = new() { ["cpu"] = 40, ["link"] = 2.3m };

    private readonly int[] _runs = new int[share * Parts];
    private int _cpuTenths;
    private int _linkTenths;

    /// <summary>How many admissions were held against the order of the line.</summary>
    public int Choices { get; private set; }

    public static bool InvariantsAreChecked =>
        typeof(Scheduler).Assembly.GetCustomAttributes(typeof(System.Diagnostics.DebuggableAttribute), false)
            .Cast<System.Diagnostics.DebuggableAttribute>()
            .Any(attribute => attribute.IsJITOptimizerDisabled);

    public void Run()
    {
        using var system = Systems.New();
        var options = Schedulers.Options(pipelines: 8, workers, [.. s_capacities.Select(pair => (pair.Key, pair.Value))]);
        using var scheduler = Scheduler.Attach(system, options.On(dispatcher));
        WakeAllWorkers(scheduler);
        using var watch = new EventWatch(system, scheduler, () => new OrderRule(s_capacities, workers));

        var handles = Enumerable.Range(0, Pipelines).Select(p => scheduler.Run(controls => Work(controls, p * share * Stages))).ToList();
        AwaitAll(scheduler, handles);
        Choices = watch.End();

        Assert.Equal(SumUpTo(_runs.Length), handles.Sum(handle => handle.GetResult(TimeSpan.Zero)));
        Assert.All(_runs, runs => Assert.Equal(1, runs));
        Assert.All(handles, handle => Assert.Equal(
            new TaskCounts(0, 0, 0, share * Stages, 0, 0, 0), handle.Snapshot().Tasks));
        AssertIdle(scheduler.Snapshot(), isClosed: false);
        Bounded.OnOwnThread(() => scheduler.Close()).Ends();
        AssertIdle(scheduler.Snapshot(), isClosed: true);
        system.Terminate().EndsSomehow();
    }

    private long Work(IPipelineControls controls, int first)
    {
        var sum = 0L;
        for (var stage = 0; stage < Stages; stage++)
        {
            var handles = Enumerable.Range(first + (stage * share), share).Select(i => Submit(controls, i)).ToList();

            // Bounded by the one who waits for the pipelines.
            Assert.Empty(controls.Wait(handles).Pending);
            Assert.DoesNotContain(handles, handle => !handle.IsDone || handle.State != TaskState.Succeeded);
            sum += handles.Sum(handle => (long)handle.GetResult(TimeSpan.Zero));
            controls.StageForward();
        }

        return sum;
    }

    private TaskHandle<int> Submit(IPipelineControls controls, int i) => (i % 4) switch
    {
        0 => controls.NewTask(() => Once(i, 0, 0)).Run(),
        1 => controls.NewTask(() => Once(i, 10, 0)).Requires("cpu", 1).Run(),
        2 => controls.NewTask(() => Once(i, 5, 1)).Requires("cpu", 0.5m).Requires("link", 0.1m).Run(),
        _ => controls.NewTask(() => Once(i, 20, 0)).Requires("cpu", 2).Run(),
    };

    /// <summary>What the ledger gave is held by those who run and by nobody else, so it is never more than there is.</summary>
    private int Once(int i, int cpuTenths, int linkTenths)
    {
        Interlocked.Increment(ref _runs[i]);
        Assert.InRange(Interlocked.Add(ref _cpuTenths, cpuTenths), 0, 400);
        Assert.InRange(Interlocked.Add(ref _linkTenths, linkTenths), 0, 23);
        Interlocked.Add(ref _linkTenths, -linkTenths);
        Interlocked.Add(ref _cpuTenths, -cpuTenths);
        return i;
    }

    private void WakeAllWorkers(Scheduler scheduler)
    {
        using var together = new Barrier(workers);
        Assert.True(scheduler.Result(controls => Enumerable.Range(0, workers)
            .Select(_ => controls.NewTask(() => together.SignalAndWait(Limits.Wait)).Run())
            .ToList()
            .TrueForAll(handle => handle.GetResult(Limits.Wait))));
    }

    /// <summary>However many there are: it hangs if nothing at all ends for as long as a wait may take.</summary>
    private static void AwaitAll(Scheduler scheduler, List<PipelineHandle<long>> handles)
    {
        for (var ended = -1L; scheduler.WaitPipelines(handles, Limits.Wait).Pending.Count > 0;)
        {
            var snapshot = scheduler.Snapshot();
            Assert.True(snapshot.Tasks.Succeeded > ended, $"It hangs: {snapshot.Tasks}, {snapshot.Pipelines}");
            ended = snapshot.Tasks.Succeeded;
        }
    }

    private void AssertIdle(SchedulerSnapshot snapshot, bool isClosed)
    {
        Assert.Equal(isClosed, snapshot.IsClosed);
        Assert.Equal(new PipelineCounts(0, 0, Pipelines + 1, 0, 0), snapshot.Pipelines);
        Assert.Equal(new TaskCounts(0, 0, 0, _runs.Length + workers, 0, 0, 0), snapshot.Tasks);
        Assert.All(snapshot.Resources, resource => Assert.Equal(0, resource.InUse));
        Assert.Empty(snapshot.AdmittedTasks);
        Assert.Empty(snapshot.RunningPipelines);
        Assert.False(snapshot.IsHeadHeldUp);
    }

    private static long SumUpTo(long count) => count * (count - 1) / 2;
}
