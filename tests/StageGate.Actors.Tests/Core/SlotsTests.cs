using StageGate.Actors.Core;

namespace StageGate.Actors.Tests.Core;

public class SlotsTests
{
    [Fact]
    public void Slots_are_numbered_from_zero_and_no_more_are_free_than_the_limit()
    {
        var slots = new Slots<string>(3);

        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(i => TakeFree(slots, $"{i}")));
        Assert.False(slots.AnyFree);
        Assert.Equal(3, slots.Taken);
        Assert.Equal(["0", "1", "2"], slots.Occupants);
    }

    [Fact]
    public void The_slot_freed_last_is_taken_first_and_a_new_one_only_when_none_is_idle()
    {
        var slots = new Slots<string>(4);
        foreach (var occupant in (string[])["a", "b", "c"])
            TakeFree(slots, occupant);

        slots.Leave(0, "a");
        slots.Leave(2, "c");

        Assert.Equal(["b"], slots.Occupants);
        Assert.Equal(1, slots.Taken);
        Assert.Equal([2, 0, 3], [TakeFree(slots, "d"), TakeFree(slots, "e"), TakeFree(slots, "f")]);
        Assert.False(slots.AnyFree);
        Assert.Equal(["e", "b", "d", "f"], slots.Occupants);
    }

    [Fact]
    public void A_limit_of_millions_costs_nothing_until_it_is_used()
    {
        var slots = new Slots<string>(int.MaxValue);

        for (var i = 0; i < 1_000; i++)
        {
            Assert.Equal(0, TakeFree(slots, "a"));
            slots.Leave(0, "a");
        }

        Assert.True(slots.AnyFree);
        Assert.Empty(slots.Occupants);
        Assert.Equal(0, slots.Taken);
    }

    private static int TakeFree(Slots<string> slots, string occupant)
    {
        Assert.True(slots.AnyFree);
        return slots.Take(occupant);
    }
}
