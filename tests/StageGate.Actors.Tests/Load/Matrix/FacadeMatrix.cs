using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Load.Matrix;

/// <summary>The rounds in which all ways to call the facade meet.</summary>
internal static class FacadeMatrix
{
    public const int Threads = 64;

    /// <summary>So many different calls race in one round, on so many threads each as come out even.</summary>
    public const int BlockSize = 8;

    public static IReadOnlyList<FacadeCase> Cases { get; } =
        [.. SchedulerCases.All, .. EndingCases.All, .. HandleCases.All, .. MessageCases.All];

    /// <summary>Each pair of calls stands in one round at least.</summary>
    public static IEnumerable<MatrixRound> OfPairs(int seed) => Rounds(Covering.OfPairs(Cases.Count, BlockSize, seed), seed);

    /// <summary>Each three calls stand in one round at least.</summary>
    public static IEnumerable<MatrixRound> OfTriples(int seed) => Rounds(Covering.OfTriples(Cases.Count, BlockSize, seed), seed);

    private static IEnumerable<MatrixRound> Rounds(List<int[]> blocks, int seed)
    {
        var random = new Random(seed);
        foreach (var block in blocks)
        {
            yield return new MatrixRound(
                [.. block.Select(number => Cases[number])],
                Threads,
                (MatrixEnding)random.Next(3),
                random.Next(4) == 0 ? Dispatchers.Pinned : Dispatchers.Inline);
        }
    }
}
