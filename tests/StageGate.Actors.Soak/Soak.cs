using System.Collections.Concurrent;
using System.Diagnostics;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Soak;

/// <summary>Gives the parts the time in turns, one at least, with fresh seeds, until it is up or a round has failed or hangs.</summary>
/// <param name="parts">The parts.</param>
/// <param name="seed">Where all other seeds come from.</param>
/// <param name="output">Where to report.</param>
internal sealed class Soak(IReadOnlyList<SoakPart> parts, int seed, TextWriter output)
{
    private static readonly TimeSpan s_longestTurn = TimeSpan.FromSeconds(10);

    private readonly Random _seeds = new(seed);
    private readonly ConcurrentQueue<FailedRound> _failed = new();

    /// <summary>How much longer than its time a turn may take. A round takes seconds, and what hangs in it fails after a minute.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);

    /// <returns>Whether all that was run was as it must be.</returns>
    public bool Run(TimeSpan duration)
    {
        output.WriteLine($"soak for {duration}, --seed {seed}");
        var clock = Stopwatch.StartNew();
        var turn = TimeSpan.FromTicks(Math.Min(s_longestTurn.Ticks, duration.Ticks / parts.Count));
        var tallies = parts.ToDictionary(part => part, _ => new PartTally());
        do
        {
            foreach (var part in parts.TakeWhile((_, i) => _failed.IsEmpty && (i == 0 || clock.Elapsed < duration)))
            {
                Turn(part, tallies[part], turn);
                output.WriteLine($"{clock.Elapsed:hh\\:mm\\:ss}  {part.Name}: {tallies[part]}");
            }
        }
        while (_failed.IsEmpty && clock.Elapsed < duration);

        foreach (var failed in _failed)
            output.WriteLine(failed);
        output.WriteLine(_failed.IsEmpty ? "no violation" : "FAILED");
        return _failed.IsEmpty;
    }

    private void Turn(SoakPart part, PartTally tally, TimeSpan duration)
    {
        var clock = Stopwatch.StartNew();
        ulong[] seeds = [.. Enumerable.Range(0, part.Threads).Select(_ => NextSeed())];

        // What hangs must not keep the process.
        Thread[] threads = [.. seeds.Select((_, i) => new Thread(() => Rounds(ref seeds[i])) { IsBackground = true })];
        Array.ForEach(threads, thread => thread.Start());
        var longest = duration + Patience;
        foreach (var thread in threads)
            thread.Join(TimeSpan.FromTicks(Math.Max(0, (longest - clock.Elapsed).Ticks)));
        tally.AddTime(clock.Elapsed);
        for (var i = 0; i < threads.Length; i++)
        {
            if (threads[i].IsAlive)
                _failed.Enqueue(new FailedRound(part.Name, Volatile.Read(ref seeds[i]), new TimeoutException(Hangs(longest))));
        }

        void Rounds(ref ulong roundSeed)
        {
            while (true)
            {
                Round(part, tally, roundSeed);
                if (!_failed.IsEmpty || clock.Elapsed >= duration)
                    return;
                Volatile.Write(ref roundSeed, NextSeed());
            }
        }
    }

    private ulong NextSeed()
    {
        lock (_seeds)
            return (ulong)_seeds.NextInt64();
    }

    private void Round(SoakPart part, PartTally tally, ulong roundSeed)
    {
        try
        {
            tally.Add(part.Run(roundSeed));
        }
        catch (Exception exception)
        {
            _failed.Enqueue(new FailedRound(part.Name, roundSeed, exception));
        }
    }

    private static string Hangs(TimeSpan longest)
    {
        var threads = NamedThreads.StartingWith("").GroupBy(name => name).Select(same => $"{same.Count()} {same.Key}");
        return $"It hangs: it runs, and its turn began {longest} ago. The threads of the process: {string.Join(", ", threads)}";
    }
}
