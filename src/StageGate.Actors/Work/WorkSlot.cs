using Akka.Actor;
using Akka.Event;
using StageGate.Actors.Engine;

namespace StageGate.Actors.Work;

/// <summary>
/// One place where tasks run, or pipelines, one after the other. The actor of the place that has reported the end of one finds the next
/// one here, where there is one by then, without a message and without leaving its thread; where it has found none it waits for a message.
/// </summary>
/// <remarks>
/// <see cref="_next"/> is the whole state. The scheduler puts work in, and tells the actor only where it took out <see cref="s_idle"/>; the
/// actor takes the work out, or puts <see cref="s_idle"/> in where there is none. Both do it in one atomic step, so work is either found or
/// told of. The scheduler gives a slot nothing more before the end of what it gave before.
/// </remarks>
internal sealed class WorkSlot(int number, Turn turn) : INoSerializationVerificationNeeded, IDeadLetterSuppression
{
    /// <summary>How much runs before the actor may look at its mailbox, where it may be asked to stop.</summary>
    private const int RunsPerMessage = 64;

    /// <summary>How often it looks whether the one that has the turn has put something in: about a microsecond in all.</summary>
    private const int LooksDuringTurn = 30;

    /// <summary>How often it looks whether anything has come: some microseconds in all, and more where others want the processor.</summary>
    private const int LooksBeforeIdle = 40;

    private const int SpinsBeforeYield = 10;

    private static readonly object s_idle = new();

    private object? _next = s_idle;
    private IExecutable? _current;

    public int Number => number;

    /// <summary>Called in the scheduler's turn. True: the actor of the place has to be told.</summary>
    public bool Give(IExecutable work) => Interlocked.Exchange(ref _next, work) == s_idle;

    /// <summary>Runs what is here and what comes meanwhile, on the thread of the actor of the place.</summary>
    /// <param name="idle">The context to run in where a submitter had suppressed the flow of its own.</param>
    public void Execute(ExecutionContext idle)
    {
        for (var left = RunsPerMessage; left > 0 && TryTake(isLast: left == 1); left--)
        {
            _current!.Execute(idle);
            _current = null;
        }
    }

    /// <summary>The actor of the place has died. What it has begun and not reported ends; what it has not taken is for its successor.</summary>
    public void ExecutorDied()
    {
        Volatile.Read(ref _current)?.ExecutorDied();

        // What is given from now on is told to its successor.
        Interlocked.CompareExchange(ref _next, s_idle, null);
    }

    /// <summary>Work often follows at once, and to tell an actor costs more than the looks.</summary>
    private void Look()
    {
        // Whoever has the turn is about to put something in, as a rule, and is not to be disturbed.
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

        // A message too much, or one for work that was found before it was read.
        if (Volatile.Read(ref _next) == s_idle)
            return false;

        if (Volatile.Read(ref _next) is null && Interlocked.CompareExchange(ref _next, s_idle, null) is null)
            return false;

        // After the last one the actor goes back to its mailbox, so what is given meanwhile has to be told.
        _current = (IExecutable)Interlocked.Exchange(ref _next, isLast ? s_idle : null)!;
        return true;
    }
}
