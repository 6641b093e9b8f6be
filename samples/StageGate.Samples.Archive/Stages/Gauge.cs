namespace StageGate.Samples.Archive.Stages;

/// <summary>How much of something there is now, and how much there ever was at a time. Exact, from any number of threads.</summary>
internal sealed class Gauge
{
    private long _now;
    private long _peak;

    public long Now => Interlocked.Read(ref _now);

    public long Peak => Interlocked.Read(ref _peak);

    public void Add(long amount)
    {
        var now = Interlocked.Add(ref _now, amount);

        // Each value that the gauge takes is offered as the peak by the very thread that made it so, hence none is missed.
        var peak = Peak;
        while (now > peak)
        {
            var seen = Interlocked.CompareExchange(ref _peak, now, peak);
            if (seen == peak)
                return;
            peak = seen;
        }
    }
}
