using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Linearizability;

/// <summary>A pipeline whose <c>Run()</c> does what it is told, until it is told to end.</summary>
internal sealed class LivePipeline(Recorder recorder)
{
    private readonly BlockingCollection<Action<IPipelineControls>> _orders = [];
    private readonly ManualResetEventSlim _begun = new();
    private PipelineState? _ending;
    private long _submittedAt;
    private long _begunAt;
    private bool _isBeginTaken;

    public PipelineHandle Handle { get; private set; } = null!;

    public bool IsBegun => _begun.IsSet;

    /// <returns>Whether it was accepted.</returns>
    public bool TrySubmit(Scheduler scheduler)
    {
        _submittedAt = recorder.Tick();
        try
        {
            Handle = scheduler.Run(Run);
        }
        catch (InvalidOperationException)
        {
            recorder.Add(new Operation(new SubmitPipeline(Id: null), _submittedAt, recorder.Tick()));
            return false;
        }

        recorder.Add(new Operation(new SubmitPipeline(Handle.Id), _submittedAt, recorder.Tick()));
        return true;
    }

    public void WaitUntilBegun() => Assert.True(_begun.Wait(Limits.Wait), $"{Handle} was started, and its Run() was not entered.");

    /// <summary>Lets <c>Run()</c> do something, and waits until it is done. Does nothing where it has been told to end.</summary>
    public void Do(Action<IPipelineControls> order)
    {
        using var done = new Gate();
        ExceptionDispatchInfo? thrown = null;
        lock (_orders)
        {
            if (_orders.IsAddingCompleted)
                return;
            _orders.Add(controls =>
            {
                try
                {
                    order(controls);
                }
                catch (Exception exception)
                {
                    thrown = ExceptionDispatchInfo.Capture(exception);
                }

                done.Pass();
            });
        }

        done.WaitUntilEntered();
        thrown?.Throw();
    }

    /// <returns>Whether it is this call that ends it.</returns>
    public bool TryTellToEnd(PipelineState ending)
    {
        lock (_orders)
        {
            if (_orders.IsAddingCompleted)
                return false;
            _ending = ending;
            _orders.CompleteAdding();
            return true;
        }
    }

    /// <summary>What is known of its beginning, where it has begun and that was not taken yet.</summary>
    public Operation? Begin => _isBeginTaken || !IsBegun ? null : new Operation(new PipelineBegins(Handle.Id), _submittedAt, _begunAt);

    /// <summary>The same, once.</summary>
    public Operation? TakeBegin()
    {
        var begin = Begin;
        _isBeginTaken |= begin is not null;
        return begin;
    }

    private int Run(IPipelineControls controls)
    {
        _begunAt = recorder.Tick();
        _begun.Set();
        recorder.NoteBegin();
        foreach (var order in _orders.GetConsumingEnumerable())
            order(controls);
        return _ending == PipelineState.Succeeded ? 1 : throw new InvalidOperationException("as it was told");
    }
}
