using StageGate.Actors.Benchmarks.Report;

namespace StageGate.Actors.Benchmarks.Tests;

public class ChangesTests
{
    [Fact]
    public void Ratios_are_compared_so_a_machine_that_is_slower_as_a_whole_changes_nothing()
    {
        var before = Figures.Run(Figures.Of(Figures.Rate, 20, 22), Figures.Of("reference", Figures.Rate, 10, 11));
        var after = Figures.Run(Figures.Of(Figures.Rate, 10, 11), Figures.Of("reference", Figures.Rate, 5, 5.5));

        var change = Assert.Single(Changes.Between(before, after));

        Assert.Equal((new Spread(2, 2, 2), new Spread(2, 2, 2)), (change.Before, change.After));
        Assert.False(change.IsBeyondTheSpread);
    }

    [Theory]
    [InlineData(2.4, 3, false, true)]
    [InlineData(1, 2, true, true)]
    [InlineData(10, 12, false, false)]
    [InlineData(11, 12, true, false)]
    public void What_touches_the_values_of_before_is_noise(double first, double second, bool beyond, bool improvement)
    {
        var change = Assert.Single(Changes.Between(
            Figures.Run(Figures.Of(Figures.Time, 2.4, 10) with { Reference = null }),
            Figures.Run(Figures.Of(Figures.Time, first, second) with { Reference = null })));

        Assert.Equal((beyond, improvement), (change.IsBeyondTheSpread, change.IsImprovement));
    }

    [Fact]
    public void Bytes_are_compared_as_they_are()
    {
        var bytes = new Metric("queued", "B/task", Better.Lower);
        var before = Figures.Run(Figures.Of(bytes, 300), Figures.Of("reference", bytes, 100));
        var after = Figures.Run(Figures.Of(bytes, 200), Figures.Of("reference", bytes, 50));

        var change = Assert.Single(Changes.Between(before, after));

        Assert.Equal((300, 200), (change.Before.Median, change.After.Median));
        Assert.True(change is { IsBeyondTheSpread: true, IsImprovement: true });
    }
}
