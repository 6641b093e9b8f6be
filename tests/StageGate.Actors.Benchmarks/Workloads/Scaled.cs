using StageGate.Actors.Benchmarks.Runners;

namespace StageGate.Actors.Benchmarks.Workloads;

/// <summary>The first value of another script, times a number.</summary>
internal sealed class Scaled(IScript script, double by) : IScript
{
    public double[] Run<THandle>(ISubmitter<THandle> submitter) => [by * script.Run(submitter)[0]];
}
