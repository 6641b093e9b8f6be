namespace StageGate.Actors.Benchmarks.Tests;

public class FigureTests
{
    [Fact]
    public void Of_a_rate_more_is_better_round_by_round() => Assert.Equal(
        new Spread(2, 0.5, 3), Figures.Of(Figures.Rate, 10, 20, 3).Against(Figures.Of(Figures.Rate, 20, 10, 1)));

    [Fact]
    public void Of_a_time_less_is_better_round_by_round() => Assert.Equal(
        new Spread(2, 0.5, 4), Figures.Of(Figures.Time, 1, 2, 10).Against(Figures.Of(Figures.Time, 4, 4, 5)));
}
