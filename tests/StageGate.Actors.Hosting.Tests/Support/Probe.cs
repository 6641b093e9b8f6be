using System.Collections.Concurrent;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Hosting.Tests.Support;

/// <summary>Watches the scoped services of a host come and go.</summary>
internal sealed class Probe
{
    private readonly ConcurrentQueue<ScopedService> _made = new();
    private readonly SemaphoreSlim _disposals = new(0);

    public IReadOnlyList<ScopedService> Made => [.. _made];

    /// <summary>Makes each disposal fail after it was counted.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Where each disposal waits before it is counted.</summary>
    public Task Held { get; set; } = Task.CompletedTask;

    /// <summary>Whether something was disposed of on the thread that it was made on, and not on one of the pool.</summary>
    public bool WasDisposedWhereMade { get; private set; }

    public void NoteThread(int maker) => WasDisposedWhereMade |= maker == Environment.CurrentManagedThreadId;

    public void Add(ScopedService service) => _made.Enqueue(service);

    public void CountDisposal() => _disposals.Release();

    public async Task NextDisposal() => Assert.True(await _disposals.WaitAsync(Limits.Wait), "No scope was disposed of.");
}

/// <summary>A service that lives as long as its scope, and counts how often it is disposed of.</summary>
internal sealed class ScopedService : IAsyncDisposable
{
    private readonly Probe _probe;
    private readonly int _maker = Environment.CurrentManagedThreadId;
    private int _disposals;

    public ScopedService(Probe probe)
    {
        _probe = probe;
        probe.Add(this);
    }

    public int Disposals => Volatile.Read(ref _disposals);

    public async ValueTask DisposeAsync()
    {
        _probe.NoteThread(_maker);
        await _probe.Held;
        Interlocked.Increment(ref _disposals);
        _probe.CountDisposal();
        if (_probe.Fault is { } fault)
            throw fault;
    }
}
