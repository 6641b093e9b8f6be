using System.Collections.Concurrent;
using System.Diagnostics;

namespace StageGate.Actors.Soak;

/// <summary>Gives the parts the time in turns, each with fresh seeds, until it is up or a round has failed.</summary>
/// <param name="parts">The parts.</param>
/// <param name="seed">Where all other seeds come from.</param>
/// <param name="output">Where to report.</param>
internal sealed class Soak(IReadOnlyList<SoakPart> parts, int seed, TextWriter output)
{
    private static readonly TimeSpan s_longestTurn = TimeSpan.FromSeconds(10);

    private readonly Random _seeds = new(seed);
    private readonly ConcurrentQueue<FailedRound> _failed = new();

    /// <returns>Whether all that was run was as it must be.</returns>
    public bool Run(TimeSpan duration)
    {
        output.WriteLine($"soak for {duration}, --seed {seed}");
        var clock = Stopwatch.StartNew();
        var turn = TimeSpan.FromTicks(Math.Min(s_longestTurn.Ticks, duration.Ticks / parts.Count));
        var tallies = parts.ToDictionary(part => part, _ => new PartTally());
        while (_failed.IsEmpty && clock.Elapsed < duration)
        {
            foreach (var part in parts.TakeWhile(_ => _failed.IsEmpty && clock.Elapsed < duration))
            {
                Turn(part, tallies[part], turn);
                output.WriteLine($"{clock.Elapsed:hh\\:mm\\:ss}  {part.Name}: {tallies[part]}");
            }
        }

        foreach (var failed in _failed)
            output.WriteLine(failed);
        output.WriteLine(_failed.IsEmpty ? "no violation" : "FAILED");
        return _failed.IsEmpty;
    }

    private void Turn(SoakPart part, PartTally tally, TimeSpan duration)
    {
        var clock = Stopwatch.StartNew();
        Thread[] threads = [.. Enumerable.Range(0, part.Threads).Select(_ => new Thread(Rounds))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        tally.AddTime(clock.Elapsed);

        void Rounds()
        {
            do
                Round(part, tally);
            while (_failed.IsEmpty && clock.Elapsed < duration);
        }
    }

    private void Round(SoakPart part, PartTally tally)
    {
        ulong roundSeed;
        lock (_seeds)
            roundSeed = (ulong)_seeds.NextInt64();
        try
        {
            tally.Add(part.Run(roundSeed));
        }
        catch (Exception exception)
        {
            _failed.Enqueue(new FailedRound(part.Name, roundSeed, exception));
        }
    }
}
