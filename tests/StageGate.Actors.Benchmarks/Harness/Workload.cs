namespace StageGate.Actors.Benchmarks.Harness;

/// <summary>Some work that is done by us and by the peers, and timed alike.</summary>
internal abstract class Workload(string name, string insideTheTimer, params Metric[] metrics)
{
    public string Name { get; } = name;

    /// <summary>What the figures count, in a sentence.</summary>
    public string InsideTheTimer { get; } = insideTheTimer;

    /// <summary>What a sample yields. The first one is what entrants are compared by.</summary>
    public IReadOnlyList<Metric> Metrics { get; } = metrics;

    public abstract IEnumerable<Case> Cases(Scale scale);
}
