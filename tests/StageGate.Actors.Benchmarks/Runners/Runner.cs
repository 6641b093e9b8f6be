namespace StageGate.Actors.Benchmarks.Runners;

/// <summary>What runs the callables.</summary>
internal abstract class Runner : IDisposable
{
    /// <summary>Runs the script where submissions are made: for us inside a <c>Run()</c>, for the others on this thread.</summary>
    public abstract double[] Run(IScript script);

    public abstract void Dispose();
}
