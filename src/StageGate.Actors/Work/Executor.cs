using Akka.Actor;
using Akka.Event;
using StageGate.Actors.Engine;

namespace StageGate.Actors.Work;

/// <summary>
/// One that runs tasks, or pipelines, one after the other, on the thread of its actor. It finds its next work in the <see cref="ReadyQueue"/>,
/// without a message and without leaving its thread; where it has found none it waits to be called.
/// </summary>
internal sealed class Executor(ReadyQueue ready, Turn turn) : INoSerializationVerificationNeeded, IDeadLetterSuppression
{
    /// <summary>How much runs before the actor may look at its mailbox, where it may be asked to stop.</summary>
    private const int RunsPerCall = 64;

    /// <summary>How often it looks whether the one that has the turn has put something in: about a microsecond in all.</summary>
    private const int LooksDuringTurn = 30;

    /// <summary>How often it looks whether anything has come: some microseconds in all, and more where others want the processor.</summary>
    private const int LooksBeforeIdle = 40;

    private const int SpinsBeforeYield = 10;

    private IExecutable? _current;

    /// <summary>Only the <see cref="ReadyQueue"/> changes it.</summary>
    internal ExecutorState State { get; set; }

    /// <summary>What it has taken and not finished. Given by the <see cref="ReadyQueue"/> in the step that takes it out there, so it is never lost.</summary>
    internal IExecutable? Current
    {
        get => Volatile.Read(ref _current);
        set => Volatile.Write(ref _current, value);
    }

    /// <summary>It was called: runs what is there and what comes meanwhile.</summary>
    /// <param name="idle">The context to run in where a submitter had suppressed the flow of its own.</param>
    public void Come(ExecutionContext idle)
    {
        for (var left = RunsPerCall; left > 0; left--)
        {
            if (!ready.TryTake(this, otherwise: ExecutorState.Looking))
            {
                Look();
                if (!ready.TryTake(this, otherwise: ExecutorState.Idle))
                    return;
            }

            Run(Current!, idle);
            Current = null;
        }

        ready.Leave(this);
    }

    /// <summary>Its actor has died. What that had taken and not reported ends, for nobody else has it; a successor comes in its place.</summary>
    public void ActorDied()
    {
        Current?.ExecutorDied();
        Current = null;
    }

    private void Run(IExecutable work, ExecutionContext idle)
    {
        if (!work.TryExecute(idle) || !work.TryReport())
            return;

        // What follows from the end, as a rule the next work, is for this one, which is about to ask. Not before the report: where somebody listens to
        // events that asks a clock of the user's, which may keep this one for as long as it likes, and nobody else would be called.
        ready.BeginLooking(this);
        LeftInterrupt.IsForgotten = true;
        try
        {
            turn.Offer();
        }
        finally
        {
            LeftInterrupt.IsForgotten = false;
        }
    }

    /// <summary>Work often follows at once, and to call an executor costs more than the looks.</summary>
    private void Look()
    {
        // Whoever has the turn is about to put something in, as a rule, and is not to be disturbed.
        for (var i = 0; i < LooksDuringTurn && turn.IsTaken; i++)
        {
            Thread.SpinWait(5);
            if (!ready.IsEmpty)
                return;
        }

        // Not by a SpinWait, which sleeps: an interrupt that strikes late must not end the looks, on which those who submit rely.
        turn.BeginLooking();
        try
        {
            for (var i = 0; i < LooksBeforeIdle && ready.IsEmpty; i++)
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
}
