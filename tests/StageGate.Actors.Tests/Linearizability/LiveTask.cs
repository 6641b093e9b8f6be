using System.Numerics;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Linearizability;

/// <summary>A task whose callable waits until it is told how to end.</summary>
internal sealed class LiveTask(Recorder recorder)
{
    private readonly ManualResetEventSlim _begun = new();
    private readonly ManualResetEventSlim _told = new();
    private readonly Lock _gate = new();
    private TaskState _ending;
    private long _submittedAt;
    private long _begunAt;
    private int _begins;
    private bool _isBeginTaken;

    public TaskHandle Handle { get; private set; } = null!;

    public bool IsBegun => _begun.IsSet;

    public int Begins => Volatile.Read(ref _begins);

    public bool IsToldToEnd => _told.IsSet;

    /// <summary>Called in <c>Run()</c>.</summary>
    public void Submit(IPipelineControls controls, PipelineHandle pipeline, IReadOnlyDictionary<string, decimal> needs, BigInteger[] demand)
    {
        _submittedAt = recorder.Tick();
        Handle = controls.NewTask(_ => Run()).Requires(needs).Run();
        recorder.Add(new Operation(new SubmitTask(pipeline.Id, Handle.Id, demand), _submittedAt, recorder.Tick()));
    }

    public void WaitUntilBegun() => Assert.True(_begun.Wait(Limits.Wait), $"{Handle} was admitted, and its callable was not called.");

    /// <returns>Whether it is this call that ends it.</returns>
    public bool TryTellToEnd(TaskState ending)
    {
        lock (_gate)
        {
            if (IsToldToEnd)
                return false;
            _ending = ending;
            _told.Set();
            return true;
        }
    }

    /// <summary>What is known of its beginning, where it has begun and that was not taken yet.</summary>
    public Operation? Begin => _isBeginTaken || !IsBegun ? null : new Operation(new TaskBegins(Handle.Id), _submittedAt, _begunAt);

    /// <summary>The same, once.</summary>
    public Operation? TakeBegin()
    {
        var begin = Begin;
        _isBeginTaken |= begin is not null;
        return begin;
    }

    private int Run()
    {
        if (Interlocked.Increment(ref _begins) == 1)
        {
            _begunAt = recorder.Tick();
            _begun.Set();
            recorder.NoteBegin();
        }

        Assert.True(_told.Wait(Limits.Wait), "Nobody told the task to end.");
        return _ending switch
        {
            TaskState.Succeeded => 1,
            TaskState.Terminated => throw new OperationCanceledException("as it was told"),
            _ => throw new InvalidOperationException("as it was told"),
        };
    }
}
