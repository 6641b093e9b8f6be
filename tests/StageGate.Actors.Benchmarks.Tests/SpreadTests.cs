namespace StageGate.Actors.Benchmarks.Tests;

public class SpreadTests
{
    [Fact]
    public void The_median_of_an_odd_number_is_the_middle_one() =>
        Assert.Equal(new Spread(2, 1, 9), Spread.Of([9, 1, 2]));

    [Fact]
    public void The_median_of_an_even_number_is_between_the_two_in_the_middle() =>
        Assert.Equal(new Spread(2.5, 1, 9), Spread.Of([9, 1, 2, 3]));

    [Fact]
    public void There_is_none_of_nothing() => Assert.Throws<ArgumentException>(() => Spread.Of([]));

    [Theory]
    [InlineData(4, 5, true)]
    [InlineData(0, 0.5, true)]
    [InlineData(3, 5, false)]
    [InlineData(1.5, 2, false)]
    [InlineData(0, 9, false)]
    public void Two_are_apart_where_they_do_not_even_touch(double min, double max, bool apart)
    {
        var other = new Spread(min, min, max);
        Assert.Equal(apart, new Spread(2, 1, 3).IsApartFrom(other));
        Assert.Equal(apart, other.IsApartFrom(new Spread(2, 1, 3)));
    }

    [Theory]
    [InlineData(50, 5)]
    [InlineData(99, 10)]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    public void A_percentile_is_one_of_the_values(double percent, double expected) =>
        Assert.Equal(expected, Percentile.Of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], percent));
}
