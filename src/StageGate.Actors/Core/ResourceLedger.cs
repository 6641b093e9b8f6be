using System.Diagnostics;

namespace StageGate.Actors.Core;

/// <summary>
/// What is free of each resource. A count changes in two places only: when a task takes what it requires, and when it gives it back.
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

    public void Reserve(TaskEntry task)
    {
        Debug.Assert(!task.HoldsDemand && Fits(task.Demand), "What a task holds was reserved again, or does not fit.");
        task.HoldsDemand = true;
        foreach (var claim in task.Demand.Claims)
            _available[claim.Resource] -= claim.Amount;
    }

    /// <summary>Does nothing where the task holds nothing, so no path that ends a task can give back too much.</summary>
    public void Release(TaskEntry task)
    {
        if (!task.HoldsDemand)
            return;

        task.HoldsDemand = false;
        foreach (var claim in task.Demand.Claims)
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

    /// <summary>How much of each resource would be free if only these tasks held what they require.</summary>
    public ExactAmount[] LeftBy(IEnumerable<TaskEntry> holders)
    {
        var left = new ExactAmount[_available.Length];
        for (var i = 0; i < left.Length; i++)
            left[i] = ExactAmount.From(_capacities.Capacity(i));
        foreach (var holder in holders)
        {
            foreach (var claim in holder.Demand.Claims)
                left[claim.Resource] -= claim.Amount;
        }

        return left;
    }

    /// <summary>In use is what these tasks hold, no more and no less, and never more than there is.</summary>
    [Conditional("DEBUG")]
    public void AssertHeldBy(IEnumerable<TaskEntry> holders)
    {
        var expected = LeftBy(holders);
        for (var i = 0; i < expected.Length; i++)
        {
            Debug.Assert(!_available[i].IsNegative, $"More of '{_capacities.Label(i)}' is in use than there is.");
            Debug.Assert(_available[i] == expected[i], $"What is free of '{_capacities.Label(i)}' is not what the admitted tasks leave.");
        }
    }
}
