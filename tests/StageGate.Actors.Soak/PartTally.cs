namespace StageGate.Actors.Soak;

/// <summary>What a part has done so far. Any thread may add to it.</summary>
internal sealed class PartTally
{
    private readonly SortedDictionary<string, long> _done = new(StringComparer.Ordinal);
    private long _rounds;
    private TimeSpan _time;

    public void Add(IEnumerable<Done> done)
    {
        lock (_done)
        {
            _rounds++;
            foreach (var (count, what) in done)
                _done[what] = _done.GetValueOrDefault(what) + count;
        }
    }

    public void AddTime(TimeSpan time) => _time += time;

    public override string ToString()
    {
        lock (_done)
        {
            var done = _done.Select(pair => $"{pair.Value:N0} {pair.Key} ({pair.Value / _time.TotalSeconds:N0}/s)");
            return string.Join(", ", done.Prepend($"{_rounds:N0} rounds in {_time.TotalSeconds:N0} s"));
        }
    }
}
