using System.Collections.ObjectModel;

namespace StageGate.Actors.Core;

/// <summary>How much of one resource a task needs while it runs.</summary>
/// <param name="Resource">The index of the resource in <see cref="ResourceCapacities"/>.</param>
/// <param name="Amount">More than zero, and no more than the capacity.</param>
internal readonly record struct Claim(int Resource, ExactAmount Amount);

/// <summary>
/// All that a task needs while it runs. Immutable, and only made by <see cref="ResourceCapacities.Resolve"/>, so a demand that
/// exists can be met by an idle scheduler.
/// </summary>
internal sealed class Demand
{
    public static readonly Demand None = new([]);

    private readonly Claim[] _claims;
    private IReadOnlyDictionary<string, decimal>? _byLabel;

    public Demand(Claim[] claims) => _claims = claims;

    public ReadOnlySpan<Claim> Claims => _claims;

    /// <summary>The same for people to read. Made when it is first asked for, and shared; made twice where two threads ask at once.</summary>
    public IReadOnlyDictionary<string, decimal> ByLabel(ResourceCapacities capacities) => _byLabel ??= _claims.Length == 0
        ? ReadOnlyDictionary<string, decimal>.Empty
        : new ReadOnlyDictionary<string, decimal>(
            _claims.ToDictionary(claim => capacities.Label(claim.Resource), claim => claim.Amount.ToDecimal(), StringComparer.Ordinal));
}
