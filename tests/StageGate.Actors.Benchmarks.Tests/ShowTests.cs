using StageGate.Actors.Benchmarks.Report;

namespace StageGate.Actors.Benchmarks.Tests;

public class ShowTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.004, "0")]
    [InlineData(0.005, "0.01")]
    [InlineData(9.99, "9.99")]
    [InlineData(9.996, "10.0")]
    [InlineData(99.96, "100")]
    [InlineData(9_994, "9994")]
    [InlineData(9_996, "10.0k")]
    [InlineData(123_456, "123k")]
    [InlineData(999_600, "1.00M")]
    [InlineData(-12.34, "-12.3")]
    public void A_number_has_three_digits(double value, string text) => Assert.Equal(text, Show.Number(value));

    [Fact]
    public void A_spread_has_its_ends_unless_they_are_the_same()
    {
        Assert.Equal("2.00 (1.00 - 3.00)", Show.Spread(new Spread(2, 1, 3), Show.Number));
        Assert.Equal("2.00", Show.Spread(new Spread(2, 2, 2), Show.Number));
    }
}
