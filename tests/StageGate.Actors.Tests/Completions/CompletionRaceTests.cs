using StageGate.Actors.Completions;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Completions;

/// <summary>Two threads that take the same work different ways, or the same way, at the same moment.</summary>
[Guarantee("C3", "V5")]
public class CompletionRaceTests
{
    private const int Works = 8_000;

    /// <summary>While the machine is busy, the two threads do not run at the same time in most of them.</summary>
    private const int Rounds = 10;

    /// <summary>So many at a time, between which the two threads meet: long enough to be quick, and too short to drift apart.</summary>
    private const int Batch = 8;

    private static readonly Dictionary<string, Func<Outcome, bool>[]> s_races = new()
    {
        ["a worker begins it, and somebody takes it back"] = [Begin, TakeBack],
        ["two workers begin it"] = [Begin, Begin],
        ["two take it back"] = [TakeBack, TakeBack],
        ["two end it"] = [End, End],
    };

    public static TheoryData<string> Races => [.. s_races.Keys];

    [Theory]
    [MemberData(nameof(Races))]
    public void Of_two_one_gets_it(string race)
    {
        for (var round = 0; round < Rounds; round++)
            Assert.All(Race(s_races[race]), both => Assert.True(both.First ^ both.Second));
    }

    private static IEnumerable<(bool First, bool Second)> Race(Func<Outcome, bool>[] ways)
    {
        var works = Enumerable.Range(0, Works).Select(_ => Ready()).ToArray();
        using var meeting = new Barrier(2);
        var got = Bounded.OnOwnThreads(2, who =>
        {
            var mine = new bool[Works];
            for (var i = 0; i < Works; i++)
            {
                if (i % Batch == 0)
                    Assert.True(meeting.SignalAndWait(Limits.Wait));
                mine[i] = ways[who](works[i]);
            }

            return mine;
        }).End();
        return got[0].Zip(got[1]);
    }

    private static Outcome Ready()
    {
        var work = new Outcome();
        Assert.True(work.Progress.TryAdvance(TaskState.Queued, TaskState.Ready));
        return work;
    }

    private static bool Begin(Outcome work) => work.Progress.TryAdvance(TaskState.Ready, TaskState.Running);

    private static bool TakeBack(Outcome work) => work.Progress.TryRevoke();

    private static bool End(Outcome work) => work.Progress.TryEnd(TaskState.Succeeded, failure: null, out _);
}
