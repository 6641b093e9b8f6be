using System.Runtime.ExceptionServices;

namespace StageGate.Actors.Completions;

/// <summary>
/// The state of one piece of work as every thread may see it, and those who wait for its end. It becomes terminal exactly once,
/// whoever tries.
/// </summary>
/// <remarks>
/// Pipelines use it too; they are never <see cref="TaskState.Ready"/> or <see cref="TaskState.Terminated"/>.
/// The lock is held for a few instructions and never while an observer is called, so taking it inside a turn of the scheduler is harmless.
/// It is the object itself, which nobody outside the library ever sees: there are as many of these as there are tasks.
/// </remarks>
internal abstract class WorkCompletion
{
    private Observation? _observations;
    private ExceptionDispatchInfo? _failure;
    private volatile int _state;

    public TaskState State => (TaskState)_state;

    public bool IsEnded => State.IsTerminal();

    /// <summary>What the work threw. Read only once it has ended.</summary>
    public ExceptionDispatchInfo? Failure => _failure;

    /// <summary>A step on the way to the end. False: another thread took the work another way first.</summary>
    public bool TryAdvance(TaskState from, TaskState to) =>
        Interlocked.CompareExchange(ref _state, (int)to, (int)from) == (int)from;

    /// <summary>Ends the work and wakes all who wait. False: it had ended before, and nothing changed.</summary>
    /// <param name="ending">A terminal state.</param>
    /// <param name="failure">What was thrown, if anything was.</param>
    /// <param name="wasObserved">Whether anybody was waiting.</param>
    public bool TryEnd(TaskState ending, ExceptionDispatchInfo? failure, out bool wasObserved)
    {
        wasObserved = false;
        Observation? observations;
        lock (this)
        {
            if (IsEnded)
                return false;

            _failure = failure;
            observations = _observations;
            _observations = null;

            // Last, because readers take no lock: whoever sees a terminal state sees the outcome too. A worker that moves Ready to
            // Running at this moment is overwritten, and one that comes later fails.
            _state = (int)ending;
        }

        for (var observation = observations; observation is not null; observation = observation.Next)
            wasObserved |= observation.Notify();
        return true;
    }

    /// <summary>Has the observer called at the end. False: the work has ended, and the observer will not be called.</summary>
    public bool TryObserve(Observation observation)
    {
        lock (this)
        {
            if (IsEnded)
                return false;

            observation.PutBefore(_observations);
            _observations = observation;
            return true;
        }
    }

    /// <summary>Takes an observation back. Does nothing where the work has ended.</summary>
    public void Forget(Observation observation)
    {
        lock (this)
            _observations = Observation.Without(_observations, observation);
    }
}
