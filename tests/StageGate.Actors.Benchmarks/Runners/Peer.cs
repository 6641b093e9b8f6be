namespace StageGate.Actors.Benchmarks.Runners;

/// <summary>A way to run callables, no more than so many at a time.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Lacks">Which of priority, resources and dedicated threads it does not have.</param>
/// <param name="Open">Makes one.</param>
internal sealed record Peer(string Name, string Lacks, Func<Shape, Runner> Open)
{
    public Entrant Runs(IScript script, Shape shape) => Entrant.Of(Name, Lacks, () => Open(shape), runner => runner.Run(script));
}
