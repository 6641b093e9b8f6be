using StageGate.Actors.Tests.Load;

namespace StageGate.Actors.Soak.Tests;

public class VitalsWatchTests
{
    private static readonly Vitals s_flat = new(Memory: 1_000_000, Handles: 90, Threads: 30);

    private readonly VitalsWatch _watch = new();

    [Fact]
    public void What_stays_flat_is_never_complained_about() => Observe(5000, i => s_flat with { Threads = s_flat.Threads + (i % 7) });

    [Fact]
    public void Each_of_the_vitals_is_looked_at()
    {
        Leaks("memory", i => s_flat with { Memory = s_flat.Memory + (i * 200_000) });
        Leaks("number of handles", i => s_flat with { Handles = s_flat.Handles + i });
        Leaks("number of threads", i => s_flat with { Threads = s_flat.Threads + (2 * i) });
    }

    [Fact]
    public void What_has_not_been_observed_for_long_may_be_warming_up() =>
        Observe(VitalsWatch.FewestRounds - 1, i => s_flat with { Memory = i * 1_000_000 });

    [Fact]
    public void What_only_some_measurements_of_a_round_show_comes_and_goes()
    {
        for (var i = 0; i < 100; i++)
            _watch.Observe([s_flat, s_flat with { Memory = s_flat.Memory + (i * 1_000_000) }, s_flat]);
    }

    [Fact]
    public void A_leak_of_a_few_bytes_a_round_is_found_in_the_end()
    {
        var thrown = Leak(100_000, i => s_flat with { Memory = s_flat.Memory + (i * 10) });

        Assert.Contains($"{10.0:N1} a round", thrown.Message, StringComparison.Ordinal);
        Assert.InRange(thrown.Message.Length, 0, 2000);
    }

    private static void Leaks(string what, Func<int, Vitals> round) =>
        Assert.StartsWith($"The {what} grew", Leak(VitalsWatch.FewestRounds, round).Message, StringComparison.Ordinal);

    private static InvalidOperationException Leak(int rounds, Func<int, Vitals> round) =>
        Assert.Throws<InvalidOperationException>(() => Observe(new VitalsWatch(), rounds, round));

    private void Observe(int rounds, Func<int, Vitals> round) => Observe(_watch, rounds, round);

    private static void Observe(VitalsWatch watch, int rounds, Func<int, Vitals> round)
    {
        for (var i = 0; i < rounds; i++)
            watch.Observe([round(i)]);
    }
}
