using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Linearizability;

/// <summary>Takes down what many threads do, with the time of one clock that all of them move.</summary>
internal sealed class Recorder
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _begins = new(0);
    private List<Operation> _operations = [];
    private long _now;

    public long Tick() => Interlocked.Increment(ref _now);

    /// <summary>Makes a call, and takes it down with its answer.</summary>
    public TAnswer Time<TAnswer>(Func<TAnswer> call, Func<TAnswer, Call> seen)
    {
        var begun = Tick();
        var answer = call();
        Add(new Operation(seen(answer), begun, Tick()));
        return answer;
    }

    /// <summary>Makes a call that has no answer but its end, and takes it down.</summary>
    public void Time(Action call, Call seen)
    {
        var begun = Tick();
        call();
        Add(new Operation(seen, begun, Tick()));
    }

    public void Add(Operation operation)
    {
        lock (_gate)
            _operations.Add(operation);
    }

    /// <summary>Says that some work has begun.</summary>
    public void NoteBegin() => _begins.Release();

    /// <summary>Waits until some more work has begun. False: none has, for long.</summary>
    public bool WaitForBegin() => _begins.Wait(Limits.Wait);

    /// <summary>What was taken down since it was taken the last time.</summary>
    public Operation[] LookAtAll()
    {
        lock (_gate)
            return [.. _operations];
    }

    /// <summary>Takes what was taken down since the last time, in the order in which it began.</summary>
    public Operation[] TakeAll()
    {
        lock (_gate)
        {
            Operation[] all = [.. _operations.OrderBy(operation => operation.Begun)];
            _operations = [];
            return all;
        }
    }
}
