using System.Globalization;
using StageGate.Actors.Core;

namespace StageGate.Actors.Tests.Core;

public class ResourceCapacitiesTests
{
    [Fact]
    public void Resources_are_sorted_by_label_by_ordinal()
    {
        var capacities = Capacities(("b", 1), ("a", 2), ("B", 3), ("ä", 4));

        Assert.Equal(4, capacities.Count);
        Assert.Equal(["B", "a", "b", "ä"], Enumerable.Range(0, 4).Select(capacities.Label));
        Assert.Equal([3m, 2m, 1m, 4m], Enumerable.Range(0, 4).Select(capacities.Capacity));
    }

    [Fact]
    public void A_demand_claims_each_resource_by_its_index()
    {
        var demand = Resolve(Capacities(("gpu", 2), ("cpu", 8)), ("gpu", 0.5m), ("cpu", 8));

        Assert.Equal(
            [new Claim(1, ExactAmount.From(0.5m)), new Claim(0, ExactAmount.From(8))],
            demand.Claims.ToArray());
    }

    [Fact]
    public void Nothing_required_is_no_demand_and_neither_is_zero_of_something()
    {
        var capacities = Capacities(("cpu", 1), ("none", 0));

        Assert.Same(Demand.None, Resolve(capacities));
        Assert.Same(Demand.None, Resolve(capacities, ("cpu", 0), ("none", 0.00m)));
        Assert.Equal([new Claim(0, ExactAmount.From(1))], Resolve(capacities, ("none", 0), ("cpu", 1)).Claims.ToArray());
    }

    [Fact]
    public void An_unknown_label_is_refused_by_name_also_where_it_differs_in_case_alone_or_asks_for_nothing()
    {
        var capacities = Capacities(("cpu", 4), ("gpu", 1));

        var unknown = Assert.Throws<UnknownResourceException>(() => Resolve(capacities, ("cpu", 1), ("CPU", 0)));

        Assert.Equal("CPU", unknown.Label);
        Assert.Equal("The scheduler has no resource 'CPU'. It has 'cpu', 'gpu'; labels are case-sensitive.", unknown.Message);
    }

    [Fact]
    public void Without_any_resources_every_label_is_unknown()
    {
        var unknown = Assert.Throws<UnknownResourceException>(() => Resolve(Capacities(), ("cpu", 1)));

        Assert.Equal("cpu", unknown.Label);
        Assert.Contains("'cpu'", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("SchedulerOptions.Resources", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_there_is_in_all_is_refused_with_the_label_and_both_amounts_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            var refused = Assert.Throws<UnschedulableTaskException>(() => Resolve(Capacities(("cpu", 4), ("gpu", 1.25m)), ("gpu", 1.5m)));

            Assert.Equal("gpu", refused.Label);
            Assert.Equal(1.5m, refused.Requested);
            Assert.Equal(1.25m, refused.Capacity);
            Assert.Contains("1.5 of 'gpu'", refused.Message, StringComparison.Ordinal);
            Assert.Contains("has 1.25 in all", refused.Message, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("0.3", "0.3000000000000000000000000001")]
    [InlineData("79228162514264337593543950334", "79228162514264337593543950335")]
    [InlineData("0", "0.0000000000000000000000000001")]
    public void All_there_is_can_be_asked_for_and_the_smallest_step_more_cannot(string capacity, string more)
    {
        var amount = decimal.Parse(capacity, CultureInfo.InvariantCulture);
        var capacities = Capacities(("x", amount));

        Assert.True(new ResourceLedger(capacities).Fits(Resolve(capacities, ("x", amount))));
        Assert.Throws<UnschedulableTaskException>(
            () => Resolve(capacities, ("x", decimal.Parse(more, CultureInfo.InvariantCulture))));
    }

    private static ResourceCapacities Capacities(params (string Label, decimal Amount)[] capacities) =>
        new(capacities.Select(pair => KeyValuePair.Create(pair.Label, pair.Amount)));

    private static Demand Resolve(ResourceCapacities capacities, params (string Label, decimal Amount)[] requirements) =>
        capacities.Resolve([.. requirements.Select(pair => KeyValuePair.Create(pair.Label, pair.Amount))]);
}
