namespace StageGate.Actors.Benchmarks.Runners;

/// <summary>What a runner is to be like.</summary>
/// <param name="Workers">How many callables may run at a time.</param>
/// <param name="Labels">How many resources each callable takes a share of; the shares let just as many run as there are workers.</param>
/// <param name="Pipelines">How many pipelines may run at a time.</param>
internal sealed record Shape(int Workers = Shape.Cores, int Labels = 0, int Pipelines = 1)
{
    /// <summary>What the targets are stated for.</summary>
    public const int Cores = 2;

    /// <summary>How much of each resource a callable takes, so that sums of weights are kept, and not mere counts.</summary>
    public const int Weight = 2;
}
