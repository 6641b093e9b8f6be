using StageGate.Actors.Benchmarks.Runners;

namespace StageGate.Actors.Benchmarks.Workloads;

/// <summary>Many tasks that do nothing, submitted at once.</summary>
internal sealed class FanOut() : Workload(
    Id,
    "Submit n no-op tasks from one thread, wait for all of them, read every result. Workers run while the rest is being submitted.",
    Tasks,
    new Metric("allocated", "B/task", Better.Lower))
{
    public const string Id = "fan-out";

    public static readonly Metric Tasks = new("throughput", "tasks/s", Better.Higher);

    private const int EnoughToTime = 20_000;

    public override IEnumerable<Case> Cases(Scale scale)
    {
        int[] counts = scale.Quick ? [1_000, 10_000, 100_000] : [1_000, 10_000, 100_000, 1_000_000];
        return counts.Select(count => Peers.Case(
            CaseOf(count), new Throughput(new Batch(NoOp.Work, count, EnoughToTime)), new Shape(), [.. Peers.All, BareTellRunner.Peer]));
    }

    public static string CaseOf(int count) => $"{count} tasks";
}
