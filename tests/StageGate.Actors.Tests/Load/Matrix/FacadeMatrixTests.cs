using StageGate.Actors.Tests.Support;
using Xunit.Abstractions;

namespace StageGate.Actors.Tests.Load.Matrix;

public class FacadeMatrixTests(ITestOutputHelper output)
{
    private const int Seed = 20261125;
    private const int BlockSize = 16;

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

    [Fact]
    public void In_the_long_form_each_pair_meets_every_ending_on_every_dispatcher()
    {
        var met = FacadeMatrix.EachPair(Seed).GroupBy(round => (round.Calls.Min(), round.Calls.Max())).ToList();

        Assert.Equal(FacadeMatrix.Cases.Count * (FacadeMatrix.Cases.Count - 1) / 2, met.Count);
        Assert.All(met, rounds => Assert.Equal(FacadeMatrix.Ways, rounds.Select(round => (round.Ending, round.Dispatcher)).Order()));
    }

    [Fact]
    public void In_the_short_form_every_ending_on_every_dispatcher_is_met_by_hundreds_of_pairs()
    {
        var pairs = FacadeMatrix.PairsInBlocks(BlockSize, Seed).ToLookup(
            round => (round.Ending, round.Dispatcher),
            round => from a in round.Calls from b in round.Calls where a < b select (a, b));

        Assert.All(FacadeMatrix.Ways, way => Assert.InRange(pairs[way].SelectMany(some => some).Distinct().Count(), 300, int.MaxValue));
    }

    /// <summary>
    /// The message of a failure shows the calls of the round, the seed of its matrix, and the command that runs this round again. Other
    /// seeds are for the soak.
    /// </summary>
    [Fact]
    [Guarantee(
        "B3", "C1", "C3", "D1", "D2", "D4", "E1", "E4", "K4", "K5", "K6", "K7", "K8", "V2", "V3", "V5", "V6", "W2", "W3", "W4", "W7", "X2")]
    public void Whatever_64_threads_call_at_a_time_inside_and_outside_while_it_closes_works_or_throws_what_it_may_and_nothing_hangs()
    {
        output.WriteLine($"seed {Seed}");
        using var system = FacadeMatrix.NewSystem();
        using var crew = new Crew(FacadeMatrix.Threads);
        foreach (var round in FacadeMatrix.PairsInBlocks(BlockSize, Seed))
            round.Run(system, crew);

        system.Terminate().EndsSomehow();
    }

    [Fact]
    public void A_round_that_fails_says_how_to_run_it_again()
    {
        using var system = Systems.New();
        using var crew = new Crew(size: 5);
        var round = new MatrixRound([3, 17], MatrixEnding.CloseAndCancel, Dispatchers.Pinned) { Seed = 12 };

        // There is no dispatcher for the subscribers in this system.
        var thrown = Assert.Throws<InvalidOperationException>(() => round.Run(system, crew));

        Assert.Contains($"{FacadeMatrix.Cases[3]}, {FacadeMatrix.Cases[17]}", thrown.Message);
        Assert.Contains("seed 12", thrown.Message);
        Assert.Contains($"race --calls 3 17 --ending CloseAndCancel --dispatcher {Dispatchers.Pinned}", thrown.Message);
    }
}
