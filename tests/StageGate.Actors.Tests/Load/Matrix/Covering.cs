namespace StageGate.Actors.Tests.Load.Matrix;

/// <summary>
/// Blocks of so many numbers, such that each pair, or each triple, of numbers stands together in at least one of them.
/// </summary>
internal static class Covering
{
    public static List<int[]> OfPairs(int count, int size, int seed) =>
        Cover(size, new Random(seed), [.. from a in Range(0, count) from b in Range(a + 1, count) select new[] { a, b }], count);

    public static List<int[]> OfTriples(int count, int size, int seed) => Cover(
        size,
        new Random(seed),
        [.. from a in Range(0, count) from b in Range(a + 1, count) from c in Range(b + 1, count) select new[] { a, b, c }],
        count);

    /// <summary>Each block begins with a group that has not been together yet, and takes in what brings the most of other such groups.</summary>
    private static List<int[]> Cover(int size, Random random, int[][] groups, int count)
    {
        random.Shuffle(groups);
        var open = groups.Select(Key).ToHashSet();
        var blocks = new List<int[]>();
        foreach (var group in groups.Where(group => open.Contains(Key(group))))
        {
            var block = group.ToList();
            while (block.Count < size)
                block.Add(Enumerable.Range(0, count).Except(block).MaxBy(number => Groups(block, number, group.Length).Count(open.Contains)));
            foreach (var number in block)
                open.ExceptWith(Groups(block.Where(other => other != number), number, group.Length));
            blocks.Add([.. block]);
        }

        return blocks;
    }

    /// <summary>The groups that the number makes with those of the block.</summary>
    private static IEnumerable<long> Groups(IEnumerable<int> block, int number, int length) => length == 2
        ? block.Select(other => Key([other, number]))
        : block.SelectMany(a => block.Where(b => b > a).Select(b => Key([a, b, number])));

    private static long Key(int[] group) => group.Order().Aggregate(0L, (key, number) => (key * 1000) + number);

    private static IEnumerable<int> Range(int from, int to) => Enumerable.Range(from, Math.Max(0, to - from));
}
