using StageGate.Actors.Benchmarks.Runners;

namespace StageGate.Actors.Benchmarks.Workloads;

/// <summary>The same tasks, with few workers and with many.</summary>
internal sealed class Workers() : Workload(
    Id,
    "As fan-out, with as many workers as the case says. Each of our workers has its thread before the timer starts.",
    Cost)
{
    public const string Id = "workers";

    public static readonly Metric Cost = new("cost", "us/task", Better.Lower);

    private static readonly int[] s_workers = [2, 4, 16, 64, 256];

    public override IEnumerable<Case> Cases(Scale scale)
    {
        var count = scale.Size(20_000, 100_000);
        var script = new Scaled(new Batch(NoOp.Work, count, count), by: 1e6);
        return s_workers.Select(workers => Peers.Case(CaseOf(workers), script, new Shape(workers), Peers.All));
    }

    public static string CaseOf(int workers) => $"{workers} workers";
}
