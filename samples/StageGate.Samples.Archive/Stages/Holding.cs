namespace StageGate.Samples.Archive.Stages;

/// <summary>The bytes that one thing keeps on a gauge, until it is disposed of.</summary>
internal sealed class Holding(Gauge gauge) : IDisposable
{
    private long _bytes;

    public void Set(long bytes) => gauge.Add(bytes - Interlocked.Exchange(ref _bytes, bytes));

    public void Dispose() => Set(0);
}
