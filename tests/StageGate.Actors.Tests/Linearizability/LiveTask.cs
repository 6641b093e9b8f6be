using System.Numerics;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Linearizability;

/// <summary>A task whose callable waits until it is told how to end.</summary>
/// <param name="recorder">Takes down when it came, and when it began.</param>
/// <param name="isAsync">Whether it is an async one, which waits for that without its thread.</param>
internal sealed class LiveTask(Recorder recorder, bool isAsync)
{
    private readonly ManualResetEventSlim _begun = new();
    private readonly TaskCompletionSource<TaskState> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _submittedAt;
    private long _begunAt;
    private int _begins;
    private bool _isBeginTaken;
    private CancellationToken _token;

    public bool IsAsync => isAsync;

    public TaskHandle Handle { get; private set; } = null!;

    public bool IsBegun => _begun.IsSet;

    public int Begins => Volatile.Read(ref _begins);

    public bool IsToldToEnd => _told.Task.IsCompleted;

    /// <summary>Whether its token is cancelled. <see langword="null"/>: it has not begun.</summary>
    public bool? IsAskedToEnd => IsBegun ? _token.IsCancellationRequested : null;

    /// <summary>Waits until its token is cancelled. True at once where it has not begun, or was told to end.</summary>
    public bool WillBeAsked() => !IsBegun || IsToldToEnd || _token.WaitHandle.WaitOne(Limits.Wait);

    /// <summary>Called in the pipeline.</summary>
    public void Submit(ILiveControls controls, PipelineHandle pipeline, IReadOnlyDictionary<string, decimal> needs, BigInteger[] demand)
    {
        _submittedAt = recorder.Tick();
        Handle = controls.NewTask(this).Requires(needs).Run();
        recorder.Add(new Operation(new SubmitTask(pipeline.Id, Handle.Id, demand), _submittedAt, recorder.Tick()));
    }

    public void WaitUntilBegun() => Assert.True(_begun.Wait(Limits.Wait), $"{Handle} was admitted, and its callable was not called.");

    /// <returns>Whether it is this call that ends it.</returns>
    public bool TryTellToEnd(TaskState ending) => _told.TrySetResult(ending);

    /// <summary>What is known of its beginning, where it has begun and that was not taken yet.</summary>
    public Operation? Begin => _isBeginTaken || !IsBegun ? null : new Operation(new TaskBegins(Handle.Id), _submittedAt, _begunAt);

    /// <summary>The same, once.</summary>
    public Operation? TakeBegin()
    {
        var begin = Begin;
        _isBeginTaken |= begin is not null;
        return begin;
    }

    /// <summary>Its callable, where it is not async.</summary>
    public int Run(CancellationToken token)
    {
        NoteBegin(token);
        _told.Task.EndsSomehow();
        return End();
    }

    /// <summary>Its callable, where it is async.</summary>
    public async Task<int> RunAsync(CancellationToken token)
    {
        NoteBegin(token);
        await _told.Task.WaitAsync(Limits.Wait, CancellationToken.None);
        return End();
    }

    private void NoteBegin(CancellationToken token)
    {
        if (Interlocked.Increment(ref _begins) > 1)
            return;

        _begunAt = recorder.Tick();
        _token = token;
        _begun.Set();
        recorder.NoteBegin();
    }

    private int End() => _told.Task.Result switch
    {
        TaskState.Succeeded => 1,
        TaskState.Terminated => throw new OperationCanceledException("as it was told"),
        _ => throw new InvalidOperationException("as it was told"),
    };
}
