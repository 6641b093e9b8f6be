namespace StageGate.Actors.Core;

/// <summary>
/// What a scheduler has of each resource. Fixed when the scheduler is made, so any thread can check a request against it without asking.
/// </summary>
internal sealed class ResourceCapacities
{
    private readonly Dictionary<string, int> _indexes;
    private readonly string[] _labels;
    private readonly decimal[] _capacities;

    public ResourceCapacities(IEnumerable<KeyValuePair<string, decimal>> capacities)
    {
        var sorted = capacities.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
        _labels = Array.ConvertAll(sorted, pair => pair.Key);
        _capacities = Array.ConvertAll(sorted, pair => pair.Value);
        _indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < _labels.Length; i++)
            _indexes.Add(_labels[i], i);
    }

    public int Count => _labels.Length;

    public string Label(int resource) => _labels[resource];

    public decimal Capacity(int resource) => _capacities[resource];

    /// <summary>Turns what a task asks for into a <see cref="Demand"/> that can be met.</summary>
    /// <exception cref="UnknownResourceException">The scheduler has no resource of that label.</exception>
    /// <exception cref="UnschedulableTaskException">One task asks for more than there is in all.</exception>
    public Demand Resolve(IReadOnlyList<KeyValuePair<string, decimal>> requirements)
    {
        if (requirements.Count == 0)
            return Demand.None;

        var claims = new Claim[requirements.Count];
        var count = 0;
        for (var i = 0; i < requirements.Count; i++)
        {
            var (label, amount) = requirements[i];
            if (!_indexes.TryGetValue(label, out var resource))
                throw new UnknownResourceException(label, _labels);
            if (amount > _capacities[resource])
                throw new UnschedulableTaskException(label, amount, _capacities[resource]);
            if (amount > 0)
                claims[count++] = new Claim(resource, ExactAmount.From(amount));
        }

        return count == 0 ? Demand.None : new Demand(count == claims.Length ? claims : claims[..count]);
    }
}
