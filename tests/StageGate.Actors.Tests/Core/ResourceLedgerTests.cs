using System.Numerics;
using CsCheck;
using StageGate.Actors.Core;
using StageGate.Actors.Tests.Core.Model;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Core;

public class ResourceLedgerTests
{
    [Fact]
    [Guarantee("L2")]
    public void A_tenth_and_two_tenths_fit_in_three_tenths_for_ever_and_in_any_order_of_release()
    {
        var (ledger, demands) = Ledger(0.3m, 0.1m, 0.2m, 0.15m, 0.05m, 0.3m);

        for (var round = 0; round < 10_000; round++)
        {
            var (first, second) = round % 4 < 2 ? (demands[0], demands[1]) : (demands[2], demands[3]);
            Assert.True(ledger.Fits(first));
            var one = Reserve(ledger, first);
            Assert.True(ledger.Fits(second));
            var other = Reserve(ledger, second);
            ledger.Release(round % 2 == 0 ? one : other);
            ledger.Release(round % 2 == 0 ? other : one);
            Assert.True(ledger.Fits(demands[4]));
        }

        Assert.Equal(0, ledger.Usage().Single().InUse);
    }

    [Fact]
    [Guarantee("L1", "L2")]
    public void What_is_taken_is_taken_to_the_last_digit()
    {
        var (ledger, demands) = Ledger(0.3m, 0.1m, 0.2000000000000000000000000001m, 0.2m);
        Reserve(ledger, demands[0]);

        Assert.False(ledger.Fits(demands[1]));
        Assert.True(ledger.Fits(demands[2]));
    }

    [Fact]
    [Guarantee("L5")]
    public void What_is_released_twice_is_given_back_once()
    {
        var (ledger, demands) = Ledger(2m, 1m, 1.5m);
        var released = Reserve(ledger, demands[0]);
        Reserve(ledger, demands[0]);

        ledger.Release(released);
        ledger.Release(released);

        Assert.Equal(new ResourceUsage("x", 2, 1), ledger.Usage().Single());
        Assert.False(ledger.Fits(demands[1]));
    }

    [Fact]
    [Guarantee("L1", "L2")]
    public void Whatever_was_reserved_and_released_in_use_is_what_is_held_and_nothing_once_all_is_released()
    {
        Gen.Select(AmountGen.Any, Gen.Select(Gen.Int[0, 20], Gen.Int[0, 100]).Array[1, 100]).Sample((capacity, steps) =>
        {
            var (ledger, all) = Ledger(capacity, capacity);
            var live = new List<(TaskEntry Holder, BigInteger Amount)>();
            foreach (var (choice, which) in steps)
            {
                var amount = AmountGen.Share(capacity, choice);
                var demand = Resolve(Capacities(capacity), amount);
                var inUse = Sum(live);
                Assert.Equal(inUse + Exact.Scaled(amount) <= Exact.Scaled(capacity), ledger.Fits(demand));
                if (ledger.Fits(demand) && which % 3 > 0)
                    live.Add((Reserve(ledger, demand), Exact.Scaled(amount)));
                else if (live.Count > 0)
                    ReleaseOne(ledger, live, which % live.Count);

                Assert.True(Exact.IsRounded(ledger.Usage().Single().InUse, Sum(live)));
            }

            while (live.Count > 0)
                ReleaseOne(ledger, live, live.Count / 2);
            Assert.Equal(new ResourceUsage("x", capacity, 0), ledger.Usage().Single());
            Assert.True(ledger.Fits(all[0]));
        });
    }

    [Fact]
    [Guarantee("L4")]
    public void A_demand_fits_only_where_all_of_it_fits()
    {
        var capacities = new ResourceCapacities([KeyValuePair.Create("cpu", 2m), KeyValuePair.Create("gpu", 1m)]);
        var ledger = new ResourceLedger(capacities);
        var both = capacities.Resolve([KeyValuePair.Create("cpu", 1m), KeyValuePair.Create("gpu", 1m)]);
        var holder = Reserve(ledger, both);

        Assert.False(ledger.Fits(both));
        Assert.True(ledger.Fits(capacities.Resolve([KeyValuePair.Create("cpu", 1m)])));
        Assert.True(ledger.Fits(Demand.None));
        Assert.Equal([new("cpu", 2, 1), new ResourceUsage("gpu", 1, 1)], ledger.Usage());

        ledger.Release(holder);
        Assert.True(ledger.Fits(both));
    }

    private static FakeTask Reserve(ResourceLedger ledger, Demand demand)
    {
        var task = new FakeTask(1, new FakePipeline(1), demand: demand);
        ledger.Reserve(task);
        return task;
    }

    private static void ReleaseOne(ResourceLedger ledger, List<(TaskEntry Holder, BigInteger Amount)> live, int index)
    {
        ledger.Release(live[index].Holder);
        live.RemoveAt(index);
    }

    private static BigInteger Sum(List<(TaskEntry Holder, BigInteger Amount)> live) =>
        live.Aggregate(BigInteger.Zero, (sum, held) => sum + held.Amount);

    private static (ResourceLedger Ledger, Demand[] Demands) Ledger(decimal capacity, params decimal[] amounts)
    {
        var capacities = Capacities(capacity);
        return (new ResourceLedger(capacities), Array.ConvertAll(amounts, amount => Resolve(capacities, amount)));
    }

    private static ResourceCapacities Capacities(decimal capacity) => new([KeyValuePair.Create("x", capacity)]);

    private static Demand Resolve(ResourceCapacities capacities, decimal amount) => capacities.Resolve([KeyValuePair.Create("x", amount)]);
}
