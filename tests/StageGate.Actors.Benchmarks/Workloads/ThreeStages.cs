using System.Diagnostics;
using StageGate.Actors.Benchmarks.Runners;

namespace StageGate.Actors.Benchmarks.Workloads;

/// <summary>Pipelines of three stages, with one task in each.</summary>
internal sealed class ThreeStages() : Workload(
    Id,
    "Submit n pipelines; each of three stages submits one no-op task and waits for its result. Wait for all pipelines, read every "
        + "result. Ours: 4 blocking ones open at a time, or 64 async ones. The peers: an async method, 64 of them open at a time; they "
        + "have no stages.",
    Pipelines)
{
    public const string Id = "three-stages";

    public const string Only = "1 task a stage";

    public const string AsyncName = StageGateRunner.Name + ", AsyncPipeline";

    public static readonly Metric Pipelines = new("throughput", "pipelines/s", Better.Higher);

    private const int Stages = 3;
    private const int BlockingOpen = 4;
    private const int AsyncOpen = 64;

    public override IEnumerable<Case> Cases(Scale scale)
    {
        var count = scale.Size(3_000, 20_000);
        yield return new Case(
            Only,
            SemaphoreRunner.Name,
            [
                Ours(StageGateRunner.Name, BlockingOpen, scheduler => scheduler.RunPipeline(new Blocking()), count),
                Ours(AsyncName, AsyncOpen, scheduler => scheduler.RunPipeline(new Awaiting()), count),
                .. Peers.All.Where(peer => peer != StageGateRunner.Peer).Select(peer => Theirs(peer, count)),
            ]);
    }

    private static Entrant Ours(string name, int open, Func<Scheduler, PipelineHandle<int>> submit, int count) => Entrant.Of(
        name,
        StageGateRunner.Peer.Lacks,
        () => new StageGateRunner(new Shape(Pipelines: open)),
        runner => Rate(count, () =>
        {
            var handles = new PipelineHandle<int>[count];
            for (var i = 0; i < count; i++)
                handles[i] = submit(runner.Scheduler);
            runner.Scheduler.WaitPipelines(handles);
            return handles.Sum(handle => handle.GetResult());
        }));

    private static Entrant Theirs(Peer peer, int count) => Entrant.Of(
        peer.Name,
        peer.Lacks,
        () => (TaskRunner)peer.Open(new Shape()),
        runner => Rate(count, () =>
        {
            using var open = new SemaphoreSlim(AsyncOpen);
            var tasks = new Task<int>[count];
            for (var i = 0; i < count; i++)
                tasks[i] = Pipeline(runner, open);
            Task.WaitAll(tasks);
            return tasks.Sum(task => task.Result);
        }));

    private static async Task<int> Pipeline(TaskRunner runner, SemaphoreSlim open)
    {
        await open.WaitAsync().ConfigureAwait(false);
        try
        {
            var sum = 0;
            for (var stage = 0; stage < Stages; stage++)
                sum += await runner.Submit(NoOp.Work).ConfigureAwait(false);
            return sum;
        }
        finally
        {
            open.Release();
        }
    }

    private static double[] Rate(int count, Func<int> run)
    {
        var start = Stopwatch.GetTimestamp();
        var sum = run();
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        NoOp.Check(sum, (long)count * Stages);
        return [count / elapsed];
    }

    private sealed class Blocking : Pipeline<int>
    {
        protected override int Run()
        {
            var sum = 0;
            for (var stage = 0; stage < Stages; stage++)
            {
                sum += NewTask(NoOp.Work).Run().GetResult();
                StageForward();
            }

            return sum;
        }
    }

    private sealed class Awaiting : AsyncPipeline<int>
    {
        protected override async Task<int> RunAsync(CancellationToken cancellationToken)
        {
            var sum = 0;
            for (var stage = 0; stage < Stages; stage++)
            {
                sum += await NewTask(NoOp.Work).Run();
                StageForward();
            }

            return sum;
        }
    }
}
