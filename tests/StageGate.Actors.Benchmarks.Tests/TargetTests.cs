using StageGate.Actors.Benchmarks.Report;

namespace StageGate.Actors.Benchmarks.Tests;

public class TargetTests
{
    [Theory]
    [InlineData(Better.Higher, 9.9, "Missed")]
    [InlineData(Better.Higher, 10, "Must")]
    [InlineData(Better.Higher, 20, "Aim")]
    [InlineData(Better.Lower, 20.1, "Missed")]
    [InlineData(Better.Lower, 20, "Must")]
    [InlineData(Better.Lower, 10, "Aim")]
    internal void The_median_decides_and_the_bound_itself_is_reached(Better better, double median, string verdict)
    {
        var (must, aim) = better == Better.Higher ? (10, 20) : (20, 10);
        var target = new Target("a figure", "x", better, must, aim, _ => null);

        Assert.Equal(verdict, target.Judge(new Spread(median, 0, 1_000)).ToString());
    }

    [Fact]
    public void A_run_that_measured_something_else_has_no_targets()
    {
        var output = new StringWriter();

        VerdictTable.Write(output, Figures.Run(Figures.Of(Figures.Rate, 1)));

        Assert.Equal("", output.ToString());
    }
}
