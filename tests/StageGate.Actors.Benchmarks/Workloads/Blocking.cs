using StageGate.Actors.Benchmarks.Runners;

namespace StageGate.Actors.Benchmarks.Workloads;

/// <summary>Tasks that block their thread. 100 ms is what it takes if all can block at the same time.</summary>
internal sealed class Blocking() : Workload(
    Id,
    "Submit 16 tasks that sleep for 100 ms to 16 workers, wait for all of them, read every result.",
    Makespan)
{
    public const string Id = "blocking";

    public const string Only = "16 workers, 100 ms";

    public static readonly Metric Makespan = new("makespan", "ms", Better.Lower);

    private const int Workers = 16;

    public override IEnumerable<Case> Cases(Scale scale)
    {
        var script = new Scaled(new Batch(Sleep, Workers, Workers), by: Workers * 1e3);
        yield return Peers.Case(
            Only,
            script,
            new Shape(Workers),
            StageGateRunner.Peer,
            SemaphoreRunner.Peer,
            SemaphoreRunner.WithThreads,
            ChannelRunner.Peer,
            RoundRobinRunner.Peer,
            RoundRobinRunner.WithThreads);
    }

    private static int Sleep()
    {
        Thread.Sleep(100);
        return 1;
    }
}
