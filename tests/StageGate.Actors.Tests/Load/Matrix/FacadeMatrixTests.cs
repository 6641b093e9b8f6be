using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Load.Matrix;

public class FacadeMatrixTests
{
    [Fact]
    public void Every_public_member_and_every_message_has_a_case()
    {
        var covered = FacadeMatrix.Cases.SelectMany(facade => facade.Members).ToHashSet();

        Assert.Equal(PublicMembers.All.Order(StringComparer.Ordinal), covered.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_names_of_the_cases_tell_them_apart() =>
        Assert.Equal(FacadeMatrix.Cases.Count, FacadeMatrix.Cases.Select(facade => facade.Name).Distinct().Count());

    [Theory]
    [InlineData(9, 4)]
    [InlineData(40, 8)]
    public void The_blocks_bring_each_pair_together(int count, int size)
    {
        var blocks = Covering.OfPairs(count, size, seed: 1);

        Assert.All(blocks, block => Assert.Equal(size, block.Distinct().Count()));
        for (var a = 0; a < count; a++)
        {
            for (var b = 0; b < a; b++)
                Assert.Contains(blocks, block => block.Contains(a) && block.Contains(b));
        }

        Assert.InRange(blocks.Count, 1, count * count / (size * (size - 1)) * 3);
    }

    [Fact]
    public void And_each_three()
    {
        var blocks = Covering.OfTriples(count: 12, size: 6, seed: 1);

        Assert.All(blocks, block => Assert.Equal(6, block.Distinct().Count()));
        foreach (var (a, b, c) in from a in Enumerable.Range(0, 12) from b in Enumerable.Range(0, a) from c in Enumerable.Range(0, b) select (a, b, c))
            Assert.Contains(blocks, block => block.Contains(a) && block.Contains(b) && block.Contains(c));
    }

    /// <summary>Each run has other blocks, which still bring all pairs together; the message of a failure shows the round.</summary>
    [Fact]
    public void Whatever_64_threads_call_at_a_time_while_it_closes_works_or_throws_what_it_may_and_nothing_hangs()
    {
        using var system = Systems.New();
        using var crew = new Crew(FacadeMatrix.Threads);
        foreach (var round in FacadeMatrix.OfPairs(size: 16, Random.Shared.Next()))
            round.Run(system, crew);

        system.Terminate().EndsSomehow();
    }
}
