using StageGate.Actors.Engine;

namespace StageGate.Actors.Work;

/// <summary>
/// The work that the core has given a slot and that nobody has taken yet, in the order in which it was admitted, and the executors that are free to
/// take it. There are as many of those as there are slots, so none of it ever waits behind something else.
/// </summary>
/// <remarks>
/// <para>
/// For each piece of work one executor looks for work, or has been called and is on its way, as long as any is idle or was not needed before; but
/// no more are on their way at once than are called at once, and whoever comes then has the next one called. Each step keeps that true, in one piece,
/// under the lock. So nobody is woken where those who are awake keep up, and no work is bound to one thread, which the operating system may have put
/// aside.
/// </para>
/// <para>An interrupt that waits for the thread must not come between a step and the call that follows from it.</para>
/// </remarks>
/// <param name="limit">How many executors there may be.</param>
/// <param name="callsAtOnce">
/// How many are on their way at most. Too many are woken in vain where work is short; with too few, all start late where those who have started keep the
/// processors from those who were called.
/// </param>
/// <param name="turn">Where they let the scheduler decide while they look.</param>
/// <param name="call">Has an executor come, on its own thread. Does not throw.</param>
internal sealed class ReadyQueue(int limit, int callsAtOnce, Turn turn, Action<Executor> call)
{
    private readonly Lock _gate = new();
    private readonly Queue<IExecutable> _work = new();

    // The one that was busy last is called first: its thread is the warmest.
    private readonly List<Executor> _idle = [];
    private int _made;
    private int _looking;
    private int _coming;
    private volatile bool _isEmpty = true;

    public bool IsEmpty => _isEmpty;

    /// <summary>Called in the scheduler's turn.</summary>
    public void Add(IExecutable work)
    {
        Executor? next;
        LeftInterrupt.Enter(_gate);
        try
        {
            _work.Enqueue(work);
            _isEmpty = false;
            next = TakeNextToCall();
        }
        finally
        {
            _gate.Exit();
        }

        Call(next);
    }

    /// <summary>The busy executor is about to ask for work, so nobody else is called for what it will take.</summary>
    /// <remarks>Needs no lock: it keeps others from being called, and the step in which the executor asks makes up for that.</remarks>
    public void BeginLooking(Executor executor)
    {
        Interlocked.Increment(ref _looking);
        executor.State = ExecutorState.Looking;
    }

    /// <summary>Gives the executor its next work. False: there is none, and the executor goes on as it says.</summary>
    public bool TryTake(Executor executor, ExecutorState otherwise)
    {
        Executor? next;
        LeftInterrupt.Enter(_gate);
        try
        {
            if (_work.TryDequeue(out var work))
                executor.Current = work;
            _isEmpty = _work.Count == 0;
            Move(executor, work is null ? otherwise : ExecutorState.Busy);
            next = TakeNextToCall();
        }
        finally
        {
            _gate.Exit();
        }

        Call(next);
        return executor.Current is not null;
    }

    /// <summary>The executor takes nothing more unless it is called.</summary>
    public void Leave(Executor executor)
    {
        Executor? next;
        LeftInterrupt.Enter(_gate);
        try
        {
            Move(executor, ExecutorState.Idle);
            next = TakeNextToCall();
        }
        finally
        {
            _gate.Exit();
        }

        Call(next);
    }

    /// <summary>Whatever it was before: the successor of an executor that has died comes as well without being called.</summary>
    private void Move(Executor executor, ExecutorState to)
    {
        switch (executor.State)
        {
            case ExecutorState.Idle:
                _idle.RemoveAt(_idle.LastIndexOf(executor));
                break;
            case ExecutorState.Called:
                _coming--;
                break;
            case ExecutorState.Looking:
                Interlocked.Decrement(ref _looking);
                break;
        }

        executor.State = to;
        switch (to)
        {
            case ExecutorState.Idle:
                _idle.Add(executor);
                break;
            case ExecutorState.Called:
                _coming++;
                break;
            case ExecutorState.Looking:
                Interlocked.Increment(ref _looking);
                break;
        }
    }

    private Executor? TakeNextToCall()
    {
        if (_work.Count <= _coming + Volatile.Read(ref _looking) || _coming >= callsAtOnce)
            return null;

        Executor next;
        if (_idle.Count > 0)
            next = _idle[^1];
        else if (_made < limit)
            next = Make();
        else
            return null;

        Move(next, ExecutorState.Called);
        return next;
    }

    private Executor Make()
    {
        _made++;
        return new Executor(this, turn);
    }

    private void Call(Executor? next)
    {
        if (next is null)
            return;

        using var uninterrupted = LeftInterrupt.PutOff();
        call(next);
    }
}
