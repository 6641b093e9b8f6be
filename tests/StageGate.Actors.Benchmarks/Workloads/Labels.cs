using StageGate.Actors.Benchmarks.Runners;

namespace StageGate.Actors.Benchmarks.Workloads;

/// <summary>Tasks that take a share of one resource, and of several.</summary>
internal sealed class Labels() : Workload(
    Id,
    "As fan-out, with tasks that take 2 of each of k resources of 4. The reference takes k limiters one after the other.",
    FanOut.Tasks)
{
    public const string Id = "labels";

    private static readonly int[] s_labels = [1, 3, 8];

    public override IEnumerable<Case> Cases(Scale scale)
    {
        var count = scale.Size(20_000, 100_000);
        var script = new Throughput(new Batch(NoOp.Work, count, count));
        return s_labels.Select(labels =>
        {
            var shape = new Shape(Labels: labels);
            return new Case(
                CaseOf(labels), LimiterRunner.Name, [StageGateRunner.Peer.Runs(script, shape), LimiterRunner.Peer.Runs(script, shape)]);
        });
    }

    public static string CaseOf(int labels) => labels == 1 ? "1 label" : $"{labels} labels";
}
