namespace StageGate.Actors.Soak.Tests;

public class DriftTests
{
    private const int Rounds = 60;
    private const long Slack = 100;

    [Fact]
    public void What_stays_where_it_is_does_not_grow() => Assert.Equal(0, Drift.Growth(Series(Rounds, _ => 1000)));

    [Fact]
    public void Nor_does_what_comes_and_goes() => Flat(i => Noise(i, 500));

    [Fact]
    public void Nor_does_what_comes_and_goes_in_turns() =>
        Assert.All(Enumerable.Range(1, Rounds / 2), turn => Flat(i => i % turn * 300 / turn));

    [Fact]
    public void Nor_does_what_shrinks() => Flat(i => 100_000 - (i * 100) + Noise(i, 50));

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(20)]
    public void Nor_does_what_grows_at_the_start_only(int warm) => Flat(i => (Math.Min(i, warm) * 10_000) + Noise(i, 50));

    [Fact]
    public void Nor_does_what_warms_up_ever_more_slowly() => Flat(i => 5_000 - (5_000 / (i + 1)));

    [Fact]
    public void Nor_does_what_grows_once_whenever_that_is() =>
        Assert.All(Enumerable.Range(0, Rounds), once => Flat(i => i < once ? 0 : 1_000_000));

    [Fact]
    public void What_grows_a_little_each_time_does() => Grows(i => i * 10);

    [Fact]
    public void So_does_what_grows_under_noise() => Grows(i => (i * 15) + Noise(i, 100));

    [Fact]
    public void So_does_what_has_warmed_up_and_goes_on_growing() => Grows(i => (Math.Min(i, 10) * 10_000) + (i * 10));

    [Fact]
    public void The_more_rounds_there_are_the_less_is_seen()
    {
        Assert.InRange(Drift.Growth(Series(Rounds, OneEach)), 1, Slack);
        Assert.InRange(Drift.Growth(Series(10 * Rounds, OneEach)), Slack + 1, long.MaxValue);

        static long OneEach(int i) => i + Noise(i, 20);
    }

    private static void Flat(Func<int, long> value) => Assert.InRange(Drift.Growth(Series(Rounds, value)), long.MinValue, Slack);

    private static void Grows(Func<int, long> value) => Assert.InRange(Drift.Growth(Series(Rounds, value)), Slack + 1, long.MaxValue);

    /// <summary>From zero to less than the range, the same each time, and without any order.</summary>
    private static long Noise(int i, int range) => i * 7919L % 1009 % range;

    private static long[] Series(int rounds, Func<int, long> value) => [.. Enumerable.Range(0, rounds).Select(value)];
}
