using StageGate.Actors.Benchmarks.Runners;

namespace StageGate.Actors.Benchmarks.Workloads;

/// <summary>Turns the time that a task takes into tasks per second.</summary>
internal sealed class Throughput(IScript script) : IScript
{
    public double[] Run<THandle>(ISubmitter<THandle> submitter)
    {
        var sample = script.Run(submitter);
        return [1 / sample[0], .. sample[1..]];
    }
}
