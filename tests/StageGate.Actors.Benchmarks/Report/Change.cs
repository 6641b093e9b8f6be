namespace StageGate.Actors.Benchmarks.Report;

/// <summary>One figure of ours in two runs.</summary>
/// <param name="Figure">The new one.</param>
/// <param name="Unit">What the two spreads are in.</param>
/// <param name="Before">In the saved run.</param>
/// <param name="After">In this one.</param>
/// <param name="Better">Which way it improves.</param>
internal sealed record Change(Figure Figure, string Unit, Spread Before, Spread After, Better Better)
{
    /// <summary>Whether the two do not overlap in any round, so that the difference is more than noise.</summary>
    public bool IsBeyondTheSpread => After.IsApartFrom(Before);

    public bool IsImprovement => Better == Better.Higher ? After.Median > Before.Median : After.Median < Before.Median;
}
