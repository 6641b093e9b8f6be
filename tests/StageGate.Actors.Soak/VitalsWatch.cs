using StageGate.Actors.Tests.Load;

namespace StageGate.Actors.Soak;

/// <summary>
/// Looks after what the process holds from the first round of a soak to the last, for what leaks too little to be seen within one round.
/// </summary>
internal sealed class VitalsWatch
{
    /// <summary>With fewer rounds, warming up would look like leaking.</summary>
    public const int FewestRounds = 20;

    /// <summary>An even number: half of it stays when there are so many.</summary>
    private const int MostKept = 144;

    private readonly List<Vitals> _kept = new(MostKept);
    private long _rounds;
    private long _interval = 1;

    /// <summary>Throws where the process has held more and more until now.</summary>
    /// <param name="round">What was measured in a round, once it was warm. What comes and goes is in some of it only.</param>
    public void Observe(IReadOnlyCollection<Vitals> round)
    {
        if (_rounds++ % _interval > 0)
            return;

        // It must not grow itself while it looks for what grows.
        if (_kept.Count == MostKept)
        {
            _interval *= 2;
            for (var i = 1; i < _kept.Count; i++)
                _kept.RemoveAt(i);
        }

        _kept.Add(new Vitals(round.Min(vitals => vitals.Memory), round.Min(vitals => vitals.Handles), round.Min(vitals => vitals.Threads)));
        if (_kept.Count < FewestRounds)
            return;

        AssertFlat("memory", [.. _kept.Select(vitals => vitals.Memory)], slack: 100_000);
        AssertFlat("number of handles", [.. _kept.Select(vitals => vitals.Handles)], slack: 2);
        AssertFlat("number of threads", [.. _kept.Select(vitals => vitals.Threads)], slack: 4);
    }

    private void AssertFlat(string what, IReadOnlyList<long> series, long slack)
    {
        var growth = Drift.Growth(series);
        if (growth <= slack)
            return;

        var each = (double)(series[^1] - series[0]) / (_rounds - 1);
        throw new InvalidOperationException(
            $"""
            The {what} grew by more than {slack:N0} from each quarter of {_rounds:N0} rounds to the next, {each:N1} a round in all.
            No round shows it alone: 'replay' takes '--times {_rounds}'.
            {(_interval == 1 ? "In each round" : $"In one of {_interval:N0} rounds each")}: {string.Join(", ", series)}
            """);
    }
}
