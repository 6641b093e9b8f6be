namespace StageGate.Samples.AsyncCrawl;

/// <summary>Counts the folders that are open at a time.</summary>
internal sealed class OpenFolders
{
    private readonly Lock _gate = new();
    private int _now;

    public int Most { get; private set; }

    public IDisposable Enter()
    {
        lock (_gate)
            Most = Math.Max(Most, ++_now);
        return new Opened(this);
    }

    private sealed class Opened(OpenFolders folders) : IDisposable
    {
        public void Dispose()
        {
            lock (folders._gate)
                folders._now--;
        }
    }
}
