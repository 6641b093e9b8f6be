namespace StageGate.Actors;

/// <summary>How much of one resource is in use.</summary>
/// <param name="Label">The label of the resource.</param>
/// <param name="Capacity">What there is in all.</param>
/// <param name="InUse">
/// What the admitted tasks hold. The ledger itself is exact; this figure is rounded where the sum has more digits than a
/// <see cref="decimal"/> can show.
/// </param>
public sealed record ResourceUsage(string Label, decimal Capacity, decimal InUse)
{
    /// <summary>What is free.</summary>
    public decimal Available => Capacity - InUse;
}
