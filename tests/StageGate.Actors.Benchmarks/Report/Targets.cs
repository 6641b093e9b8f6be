using StageGate.Actors.Benchmarks.Runners;
using StageGate.Actors.Benchmarks.Workloads;

namespace StageGate.Actors.Benchmarks.Report;

/// <summary>What is to be reached on two cores, with dedicated worker threads, strict priority and the exact ledger.</summary>
internal static class Targets
{
    private const string Us = StageGateRunner.Name;

    public static readonly IReadOnlyList<Target> All =
    [
        new("fan-out no-op (100k) against SemaphoreSlim + Task.Run", "x", Better.Higher, 1, 1.5,
            run => Ratio(run.Find(FanOut.Id, FanOut.CaseOf(100_000), Us, FanOut.Tasks), run)),
        new("the same with 1 label against ConcurrencyLimiter, weighted", "x", Better.Higher, 1.5, 3,
            run => Ratio(run.Find(Labels.Id, Labels.CaseOf(1), Us, FanOut.Tasks), run)),
        new("ping-pong p50", "us", Better.Lower, 10, 3, run => Value(run, PingPong.Id, PingPong.Only, PingPong.P50)),
        new("ping-pong p99", "us", Better.Lower, 100, 30, run => Value(run, PingPong.Id, PingPong.Only, PingPong.P99)),
        new("cost per task, 1M queued against 1k queued", "x", Better.Lower, 2, 1.2,
            run => Growth(run, QueueDepth.Id, QueueDepth.Cost, QueueDepth.CaseOf(1_000_000), QueueDepth.CaseOf(1_000))),
        new("cost per handle, FirstCompleted loop, 100k against 1k", "x", Better.Lower, 2, 1.1,
            run => Growth(run, FirstCompleted.Id, Drain.Cost, DrainSize.NoOps(100_000), DrainSize.NoOps(1_000))),
        new("cost per task, 256 workers against 4", "x", Better.Lower, 1.5, 1.1,
            run => Growth(run, Workers.Id, Workers.Cost, Workers.CaseOf(256), Workers.CaseOf(4))),
        new("efficiency at 20 us tasks", "%", Better.Higher, 85, 93, run => Efficiency(run, 20)),
        new("efficiency at 100 us tasks", "%", Better.Higher, 95, 98, run => Efficiency(run, 100)),
        new("bytes held per queued task", "B", Better.Lower, 600, 300, run => Value(run, HeldBytes.Id, HeldBytes.Only, HeldBytes.Queued)),
        new("bytes allocated per task", "B", Better.Lower, 800, 400, run => Value(run, HeldBytes.Id, HeldBytes.Only, HeldBytes.Allocated)),
        new("bytes held per ended task nobody holds", "B", Better.Lower, 0, 0,
            run => Map(Value(run, HeldBytes.Id, HeldBytes.Only, HeldBytes.Ended), WholeBytes)),
        new("3-stage pipelines, Pipeline", "/s", Better.Higher, 40_000, 150_000,
            run => Value(run, ThreeStages.Id, ThreeStages.Only, ThreeStages.Pipelines)),
        new("3-stage pipelines, AsyncPipeline", "/s", Better.Higher, 40_000, 150_000,
            run => run.Find(ThreeStages.Id, ThreeStages.Only, ThreeStages.AsyncName, ThreeStages.Pipelines)?.Spread),
        new("16 workers x 100 ms", "ms", Better.Lower, 105, 102, run => Value(run, Blocking.Id, Blocking.Only, Blocking.Makespan)),
        new("start-up to first result, first of the process", "ms", Better.Lower, 400, 150,
            run => Value(run, StartUp.Id, StartUp.FirstOfProcess, StartUp.FirstResult)),
        new("start-up to first result, repeated", "ms", Better.Lower, 400, 150,
            run => Value(run, StartUp.Id, StartUp.Repeated, StartUp.FirstResult)),
    ];

    /// <summary>Less than half a byte for each task is what the process holds anyway, not what a task leaves behind.</summary>
    private static double WholeBytes(double bytes) => Math.Max(0, Math.Round(bytes));

    private static Spread? Value(Run run, string workload, string @case, Metric metric) => run.Find(workload, @case, Us, metric)?.Spread;

    private static Spread? Ratio(Figure? figure, Run run) =>
        figure is not null && run.ReferenceOf(figure) is { } reference ? figure.Against(reference) : null;

    private static Spread? Efficiency(Run run, double microseconds)
    {
        var makespan = run.Figures.FirstOrDefault(figure =>
            figure.Workload == Spinning.Id && figure.Case == Spinning.CaseOf(microseconds) && figure.Entrant == Us);
        return Map(Ratio(makespan, run), ratio => 100 * ratio);
    }

    /// <summary>How many times as much it costs in the large case, round by round.</summary>
    private static Spread? Growth(Run run, string workload, Metric cost, string large, string small) =>
        run.Find(workload, large, Us, cost) is { } largeCost && run.Find(workload, small, Us, cost) is { } smallCost
            ? smallCost.Against(largeCost)
            : null;

    private static Spread? Map(Spread? spread, Func<double, double> map) =>
        spread is { } known ? new Spread(map(known.Median), map(known.Min), map(known.Max)) : null;
}
