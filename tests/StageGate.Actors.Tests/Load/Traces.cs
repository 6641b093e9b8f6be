namespace StageGate.Actors.Tests.Load;

/// <summary>What must be garbage in the end, by what it is. It keeps none of it alive.</summary>
internal sealed class Traces
{
    private readonly List<(string What, WeakReference Trace)> _all = [];

    /// <summary>How long to look. Threads of the pool may not have left the last frames of what is over.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Told of everything that is traced; a test of the tracing keeps it.</summary>
    public Action<string, object> OnTrace { get; init; } = (_, _) => { };

    public int Count(string what) => _all.Count(entry => entry.What == what);

    public void Add(string what, object traced)
    {
        _all.Add((what, new WeakReference(traced)));
        OnTrace(what, traced);
    }

    /// <summary>What is alive after a collection.</summary>
    public List<string> Alive()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return [.. _all.Where(entry => entry.Trace.IsAlive).Select(entry => entry.What)];
    }

    public void AssertGone()
    {
        List<string> alive = [];
        SpinWait.SpinUntil(() => (alive = Alive()).Count == 0, Patience);
        var kinds = alive.GroupBy(what => what).Select(same => $"{same.Count()} of {Count(same.Key)} {same.Key}");
        Assert.True(alive.Count == 0, $"Still alive: {string.Join(", ", kinds)}");
    }
}
