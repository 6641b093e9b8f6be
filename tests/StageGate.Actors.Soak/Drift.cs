namespace StageGate.Actors.Soak;

/// <summary>
/// Whether a long series goes on growing. What warms up grows at the start, what gets a larger buffer grows once, and what comes and goes
/// does not get far; what leaks is more in each quarter of the series than in the one before. The longer the series, the more a leak comes
/// to in a quarter, and the smaller the leak that is seen under the same slack.
/// </summary>
internal static class Drift
{
    private const int Quarters = 4;

    /// <summary>How much it grew from a quarter to the next one, where that was least. Of a quarter its least value counts.</summary>
    public static long Growth(IReadOnlyList<long> series)
    {
        long[] least = [.. series.Skip(series.Count % Quarters).Chunk(series.Count / Quarters).Select(quarter => quarter.Min())];
        return least.Zip(least.Skip(1), (before, after) => after - before).Min();
    }
}
