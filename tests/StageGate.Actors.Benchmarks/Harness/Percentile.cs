namespace StageGate.Actors.Benchmarks.Harness;

internal static class Percentile
{
    /// <summary>The smallest value that at least so many of all are no larger than.</summary>
    /// <param name="sorted">In ascending order, and not empty.</param>
    /// <param name="percent">Above 0, and at most 100.</param>
    public static double Of(double[] sorted, double percent) => sorted[(int)Math.Ceiling(percent / 100 * sorted.Length) - 1];
}
