using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Load;

/// <summary>The rule of all tests of leaks can fail: series that leak, and some that do not.</summary>
[Guarantee("M4")]
public class TrendTests
{
    private const int Samples = 18;

    [Fact]
    public void What_stays_is_flat() => Flat(i => 1000);

    [Fact]
    public void What_comes_and_goes_is_flat() => Flat(i => 1000 + (i % 5 * 40));

    [Fact]
    public void One_peak_at_the_end_is_flat() => Flat(i => i == Samples - 1 ? 1_000_000 : 1000);

    [Fact]
    public void What_shrinks_is_flat() => Flat(i => 5000 - (i * 100));

    [Fact]
    public void What_grows_each_time_is_not() => Leaks(i => 1000 + (i * 10));

    [Fact]
    public void Nor_is_it_under_noise() => Leaks(i => 1000 + (i * 20) + (i * 7919 % 50));

    [Fact]
    public void Nor_is_what_grew_once_in_the_middle() => Leaks(i => i < Samples / 2 ? 1000 : 1200);

    [Fact]
    public void Each_of_the_vitals_is_looked_at()
    {
        var flat = new Vitals(50_000_000, 100, 30);

        Vitals.AssertFlat(Series(_ => flat));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Vitals.AssertFlat(Series(i => flat with { Memory = flat.Memory + (i * 40_000) })));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Vitals.AssertFlat(Series(i => flat with { Handles = flat.Handles + i })));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Vitals.AssertFlat(Series(i => flat with { Threads = flat.Threads + i })));
    }

    private static void Flat(Func<int, long> value) => Trend.AssertFlat("thing", Series(value), slack: 100);

    private static void Leaks(Func<int, long> value) =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Trend.AssertFlat("thing", Series(value), slack: 100));

    private static T[] Series<T>(Func<int, T> value) => [.. Enumerable.Range(0, Samples).Select(value)];
}
