using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests;

public class GuaranteeTests
{
    [Fact]
    public void Every_sentence_has_an_id_of_its_own()
    {
        Assert.NotEmpty(GuaranteeList.Ids);
        Assert.Equal(GuaranteeList.Ids.Distinct(), GuaranteeList.Ids);
    }

    [Fact]
    public void Every_guarantee_and_every_non_guarantee_is_cited_by_a_test_that_shows_it() =>
        Assert.Empty(GuaranteeList.ShownHere.Except(GuaranteeList.Citations.Select(cited => cited.Key)));

    [Fact]
    public void No_test_cites_what_is_not_there() =>
        Assert.Empty(GuaranteeList.Citations.ExceptBy(GuaranteeList.Ids, cited => cited.Key).SelectMany(cited => cited));

    [Fact]
    public void Only_what_is_not_guaranteed_is_exempt_and_there_is_a_reason_and_no_test_that_shows_it_after_all()
    {
        Assert.Empty(GuaranteeList.Exempt.Keys.Except(GuaranteeList.Ids));
        Assert.All(GuaranteeList.Exempt, exempt =>
        {
            Assert.StartsWith("N", exempt.Key, StringComparison.Ordinal);
            Assert.NotEmpty(exempt.Value);
            Assert.Empty(GuaranteeList.Citations[exempt.Key]);
        });
    }

    [Fact]
    public void Only_tests_cite() => Assert.Empty(GuaranteeList.Misplaced);
}
