using System.Diagnostics;

namespace StageGate.Actors.Core;

/// <summary>
/// What is free of each resource. A count changes in two places only: when a lease is made, and when it ends.
/// </summary>
internal sealed class ResourceLedger
{
    private readonly ResourceCapacities _capacities;
    private readonly ExactAmount[] _available;

    public ResourceLedger(ResourceCapacities capacities)
    {
        _capacities = capacities;
        _available = new ExactAmount[capacities.Count];
        for (var i = 0; i < _available.Length; i++)
            _available[i] = ExactAmount.From(capacities.Capacity(i));
    }

    public bool Fits(Demand demand) => Fits(demand, _available);

    /// <summary>Whether there is enough of everything in so much of each resource.</summary>
    public static bool Fits(Demand demand, ReadOnlySpan<ExactAmount> amounts)
    {
        foreach (var claim in demand.Claims)
        {
            if (claim.Amount > amounts[claim.Resource])
                return false;
        }

        return true;
    }

    public ResourceLease Reserve(Demand demand)
    {
        Debug.Assert(Fits(demand), "A demand was reserved that does not fit.");
        if (demand.Claims.IsEmpty)
            return ResourceLease.Nothing;

        foreach (var claim in demand.Claims)
            _available[claim.Resource] -= claim.Amount;

        return new ResourceLease(this, demand);
    }

    /// <summary>Only <see cref="ResourceLease.End"/> calls this, and once for each lease.</summary>
    internal void Release(ResourceLease lease)
    {
        foreach (var claim in lease.Demand.Claims)
            _available[claim.Resource] += claim.Amount;
    }

    public IReadOnlyList<ResourceUsage> Usage()
    {
        var usage = new ResourceUsage[_available.Length];
        for (var i = 0; i < usage.Length; i++)
        {
            var capacity = _capacities.Capacity(i);
            var inUse = ExactAmount.From(capacity) - _available[i];
            usage[i] = new ResourceUsage(_capacities.Label(i), capacity, inUse.ToDecimal());
        }

        return Array.AsReadOnly(usage);
    }

    /// <summary>How much of each resource would be free if there were only these leases.</summary>
    public ExactAmount[] LeftBy(IEnumerable<ResourceLease> leases)
    {
        var left = new ExactAmount[_available.Length];
        for (var i = 0; i < left.Length; i++)
            left[i] = ExactAmount.From(_capacities.Capacity(i));
        foreach (var lease in leases)
        {
            foreach (var claim in lease.Demand.Claims)
                left[claim.Resource] -= claim.Amount;
        }

        return left;
    }

    /// <summary>In use is what the live leases hold, no more and no less, and never more than there is.</summary>
    [Conditional("DEBUG")]
    public void AssertHeldBy(IEnumerable<ResourceLease> live)
    {
        var expected = LeftBy(live);
        for (var i = 0; i < expected.Length; i++)
        {
            Debug.Assert(!_available[i].IsNegative, $"More of '{_capacities.Label(i)}' is in use than there is.");
            Debug.Assert(_available[i] == expected[i], $"What is free of '{_capacities.Label(i)}' is not what the live leases leave.");
        }
    }
}
