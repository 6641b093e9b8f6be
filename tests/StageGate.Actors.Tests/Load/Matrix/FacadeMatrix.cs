using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Load.Matrix;

/// <summary>The rounds in which all ways to call the facade meet.</summary>
internal static class FacadeMatrix
{
    /// <summary>Of these one ends the scheduler, and the others call.</summary>
    public const int Threads = 65;

    public static IReadOnlyList<FacadeCase> Cases { get; } =
        [.. SchedulerCases.All, .. EndingCases.All, .. HandleCases.All, .. MessageCases.All];

    /// <summary>Each pair of calls stands in one round at least.</summary>
    /// <param name="size">How many different calls race in a round; 2: each pair alone.</param>
    /// <param name="seed">Decides the rest.</param>
    public static IEnumerable<MatrixRound> OfPairs(int size, int seed) => Rounds(Covering.OfPairs(Cases.Count, size, seed), seed);

    /// <summary>Each three calls stand in one round at least.</summary>
    /// <param name="size">How many different calls race in a round.</param>
    /// <param name="seed">Decides the rest.</param>
    public static IEnumerable<MatrixRound> OfTriples(int size, int seed) => Rounds(Covering.OfTriples(Cases.Count, size, seed), seed);

    /// <summary>Two to sixteen calls that happen to meet, without end.</summary>
    public static IEnumerable<MatrixRound> AtRandom(int seed)
    {
        var random = new Random(seed);
        var numbers = Enumerable.Range(0, Cases.Count).ToArray();
        while (true)
        {
            random.Shuffle(numbers);
            yield return Round(numbers[..random.Next(2, 17)], random);
        }
    }

    private static IEnumerable<MatrixRound> Rounds(List<int[]> blocks, int seed)
    {
        var random = new Random(seed);
        return blocks.Select(block => Round(block, random));
    }

    private static MatrixRound Round(int[] block, Random random) => new(
        [.. block.Select(number => Cases[number])],
        (MatrixEnding)random.Next(3),
        random.Next(4) == 0 ? Dispatchers.Pinned : Dispatchers.Inline);
}
