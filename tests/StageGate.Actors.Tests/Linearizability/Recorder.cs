namespace StageGate.Actors.Tests.Linearizability;

/// <summary>Takes down what many threads do, with the time of one clock that all of them move.</summary>
internal sealed class Recorder
{
    private readonly Lock _gate = new();
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

    public void Add(Operation operation)
    {
        lock (_gate)
            _operations.Add(operation);
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
