using StageGate.Actors.Core;

namespace StageGate.Actors.Tests.Core;

public class DemandTests
{
    private readonly ResourceCapacities _resources = new([KeyValuePair.Create("cpu", 4m), KeyValuePair.Create("mem", 8m)]);

    [Fact]
    public void For_people_it_is_what_was_asked_for_made_once_and_not_to_be_changed()
    {
        var demand = _resources.Resolve([KeyValuePair.Create("mem", 2.5m), KeyValuePair.Create("cpu", 1m)]);

        var byLabel = demand.ByLabel(_resources);

        Assert.Equal(new Dictionary<string, decimal> { ["cpu"] = 1, ["mem"] = 2.5m }, byLabel);
        Assert.Same(byLabel, demand.ByLabel(_resources));
        Assert.Throws<NotSupportedException>(() => ((IDictionary<string, decimal>)byLabel).Add("gpu", 1));
    }

    [Fact]
    public void Nothing_is_an_empty_one() => Assert.Empty(Demand.None.ByLabel(_resources));
}
