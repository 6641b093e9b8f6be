using Akka.Actor;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Load.Matrix;

/// <summary>The rounds in which all ways to call the facade meet.</summary>
internal static class FacadeMatrix
{
    /// <summary>Of these one ends the scheduler, and the others call.</summary>
    public const int Threads = 65;

    public static IReadOnlyList<FacadeCase> Cases { get; } =
        [.. SchedulerCases.All, .. EndingCases.All, .. HandleCases.All, .. MessageCases.All];

    /// <summary>Each way in which a scheduler can end under the calls, on each of the dispatchers.</summary>
    public static IReadOnlyList<(MatrixEnding Ending, string Dispatcher)> Ways { get; } =
    [
        .. from ending in Enum.GetValues<MatrixEnding>()
           from dispatcher in new[] { Dispatchers.Inline, Dispatchers.Pinned }
           select (ending, dispatcher),
    ];

    /// <summary>For the rounds to run in.</summary>
    public static ActorSystem NewSystem() => Systems.New(Insiders.Hocon);

    /// <summary>Each pair of calls, alone, in each of the ways.</summary>
    public static IEnumerable<MatrixRound> EachPair(int seed) =>
        from pair in Covering.OfPairs(Cases.Count, size: 2, seed)
        from way in Ways
        select new MatrixRound(pair, way.Ending, way.Dispatcher) { Seed = seed };

    /// <summary>Each pair of calls stands in one round at least; the ways take turns.</summary>
    /// <param name="size">How many different calls race in a round.</param>
    /// <param name="seed">Decides the rest.</param>
    public static IEnumerable<MatrixRound> PairsInBlocks(int size, int seed) =>
        InTurns(Covering.OfPairs(Cases.Count, size, seed), seed);

    /// <summary>Each three calls stand in one round at least; the ways take turns.</summary>
    /// <param name="size">How many different calls race in a round.</param>
    /// <param name="seed">Decides the rest.</param>
    public static IEnumerable<MatrixRound> TriplesInBlocks(int size, int seed) =>
        InTurns(Covering.OfTriples(Cases.Count, size, seed), seed);

    /// <summary>Two to sixteen calls that happen to meet, without end.</summary>
    public static IEnumerable<MatrixRound> AtRandom(int seed)
    {
        var random = new Random(seed);
        var numbers = Enumerable.Range(0, Cases.Count).ToArray();
        while (true)
        {
            random.Shuffle(numbers);
            var (ending, dispatcher) = Ways[random.Next(Ways.Count)];
            yield return new MatrixRound(numbers[..random.Next(2, 17)], ending, dispatcher) { Seed = seed };
        }
    }

    private static IEnumerable<MatrixRound> InTurns(List<int[]> blocks, int seed)
    {
        var ways = Ways.ToArray();
        new Random(seed).Shuffle(ways);
        return blocks.Select((block, i) =>
        {
            var (ending, dispatcher) = ways[i % ways.Length];
            return new MatrixRound(block, ending, dispatcher) { Seed = seed };
        });
    }
}
