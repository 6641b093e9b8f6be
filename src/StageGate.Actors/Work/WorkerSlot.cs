using StageGate.Actors.Engine;

namespace StageGate.Actors.Work;

/// <summary>
/// One place where tasks run, one after the other. The worker that has reported the end of a task finds the next one here, where there is
/// one by then, without a message and without leaving its thread; a worker that has found none waits for a message.
/// </summary>
/// <remarks>
/// <see cref="_next"/> is the whole state. The scheduler puts a task in, and tells the worker only where it took out <see cref="s_idle"/>; the
/// worker takes the task out, or puts <see cref="s_idle"/> in where there is none. Both do it in one atomic step, so a task is either found or
/// told of. The scheduler gives a slot no second task before the first one's end.
/// </remarks>
internal sealed class WorkerSlot(int number, Turn turn) : ISlotAddressed
{
    /// <summary>How many tasks run before the worker's actor may look at its mailbox, where it may be asked to stop.</summary>
    private const int TasksPerMessage = 64;

    /// <summary>How often it looks whether the one that has the turn has put something in: about a microsecond in all.</summary>
    private const int LooksDuringTurn = 30;

    /// <summary>How often it looks whether anything has come: some microseconds in all, and more where others want the processor.</summary>
    private const int LooksBeforeIdle = 40;

    private const int SpinsBeforeYield = 10;

    private static readonly object s_idle = new();

    private object? _next = s_idle;
    private TaskWork? _current;

    public int Slot => number;

    /// <summary>Called in the scheduler's turn. True: the worker has to be told.</summary>
    public bool Give(TaskWork task) => Interlocked.Exchange(ref _next, task) == s_idle;

    public void Execute(ExecutionContext idle)
    {
        for (var left = TasksPerMessage; left > 0 && TryTake(isLast: left == 1); left--)
        {
            _current!.Execute(idle);
            _current = null;
        }
    }

    public void ExecutorDied()
    {
        Volatile.Read(ref _current)?.ExecutorDied();

        // What is given from now on is told to its successor.
        Interlocked.CompareExchange(ref _next, s_idle, null);
    }

    /// <summary>Work often follows at once, and to tell a worker costs more than the looks.</summary>
    private void Look()
    {
        // Whoever has the turn is about to put a task in, as a rule, and is not to be disturbed.
        for (var i = 0; i < LooksDuringTurn && turn.IsTaken; i++)
        {
            Thread.SpinWait(5);
            if (Volatile.Read(ref _next) is not null)
                return;
        }

        // Not by a SpinWait, which sleeps: an interrupt that strikes late must not end the looks, on which those who submit rely.
        turn.BeginLooking();
        try
        {
            for (var i = 0; i < LooksBeforeIdle && Volatile.Read(ref _next) is null; i++)
            {
                turn.Look();
                if (i < SpinsBeforeYield)
                    Thread.SpinWait(20);
                else
                    Thread.Yield();
            }
        }
        finally
        {
            turn.EndLooking();
        }
    }

    private bool TryTake(bool isLast)
    {
        if (Volatile.Read(ref _next) is null)
            Look();

        // A message too much, or one for a task that was found before it was read.
        if (Volatile.Read(ref _next) == s_idle)
            return false;

        if (Volatile.Read(ref _next) is null && Interlocked.CompareExchange(ref _next, s_idle, null) is null)
            return false;

        // After the last one the worker goes back to its mailbox, so what is given meanwhile has to be told.
        _current = (TaskWork)Interlocked.Exchange(ref _next, isLast ? s_idle : null)!;
        return true;
    }
}
