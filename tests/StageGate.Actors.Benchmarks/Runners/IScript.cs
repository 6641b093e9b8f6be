namespace StageGate.Actors.Benchmarks.Runners;

/// <summary>The work of one sample, written once for all runners. It has the timer in it.</summary>
internal interface IScript
{
    double[] Run<THandle>(ISubmitter<THandle> submitter);
}
