namespace StageGate.Actors.Tests.Load;

/// <summary>
/// Whether a series of measurements stays where it is. The medians of its first and of its last third are compared, so that what comes and
/// goes in between does not matter, and what grows a little each time does.
/// </summary>
internal static class Trend
{
    /// <summary>How much more the last third is than the first one.</summary>
    public static long Growth(IReadOnlyList<long> series)
    {
        var third = series.Count / 3;
        Assert.True(third > 0, "A trend takes three measurements.");
        return Median(series.Skip(series.Count - third)) - Median(series.Take(third));
    }

    public static void AssertFlat(string what, IReadOnlyList<long> series, long slack)
    {
        var growth = Growth(series);
        Assert.True(growth <= slack, $"The {what} grew by {growth:N0}, more than {slack:N0}: {string.Join(", ", series)}");
    }

    private static long Median(IEnumerable<long> values)
    {
        long[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
