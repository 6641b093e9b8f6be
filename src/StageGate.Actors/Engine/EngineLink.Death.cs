using Akka.Actor;
using StageGate.Actors.Core;
using StageGate.Actors.Work;

namespace StageGate.Actors.Engine;

/// <content>The engine dies: every handle ends, whichever of the actors is gone, and whoever finds it out.</content>
internal sealed partial class EngineLink
{
    /// <summary>
    /// The scheduler dies, and accepts nothing any more. What it has accepted and nobody has seen is handed over, in the order in which it came.
    /// </summary>
    /// <param name="last">What it is handed to. Does not throw.</param>
    /// <param name="cause">The fault of its own that kills it, where there is one.</param>
    public void Refuse(Action<Fact> last, Exception? cause)
    {
        _cause = cause ?? Volatile.Read(ref _fault);

        // First the inbox: a pipeline that still comes in is accepted and ended, or it is refused for the right reason.
        Inbox.Close(_cause, last);
        Intake.Close();
    }

    /// <summary>
    /// The scheduler has stopped with work open, or without having begun. Ends every handle. Called once, and never beside a turn of the scheduler.
    /// </summary>
    /// <param name="open">All work that the scheduler knew to be open.</param>
    /// <param name="takeLastSnapshot">Tells how it all ended.</param>
    /// <param name="cause">The fault, where one is known.</param>
    public void Die(IReadOnlyCollection<IAbandonable> open, Func<SchedulerSnapshot> takeLastSnapshot, Exception? cause)
    {
        _cause = cause ??= _cause;
        foreach (var work in open)
            work.Abandon(cause);

        // Another thread may have been first with one of them, by a fact that came after the close, and neither have ended it yet nor told of it.
        // It does all of that under the inbox's lock.
        Inbox.Close(cause);
        foreach (var work in open)
            work.PublishDrained();

        SchedulerSnapshot last;
        try
        {
            last = takeLastSnapshot();
        }
        catch (Exception) when (cause is not null)
        {
            // The fault broke off a transition and left the counts in doubt. The handles have ended all the same.
            last = EmptySnapshot();
        }

        End(last);
    }

    /// <summary>One of the actors has failed, and all are about to stop. The first fault counts, where the scheduler has none of its own.</summary>
    public void OnActorFailed(Exception cause) => Interlocked.CompareExchange(ref _fault, cause, null);

    /// <summary>An actor was not run by its dispatcher, and never will be. The others stop. Any thread, and more than once.</summary>
    public void OnActorLost(IActorRef root, Exception cause, bool isScheduler)
    {
        OnActorFailed(cause);
        _stopped.TrySetCanceled();
        root.Tell(StopEngine.Instance, ActorRefs.NoSender);
        if (!isScheduler || LastSnapshot is not null)
            return;

        // It cannot be in a turn that this thread is in the middle of: an actor that is being run is not given to its dispatcher.
        if (Volatile.Read(ref _endWork) is { } endWork)
            endWork();
        else
            DieUnseen(cause);
    }

    /// <summary>All actors have stopped. May be told more than once.</summary>
    public void OnStopped()
    {
        // Where the scheduler could not even be made, nobody else ends what was posted to it.
        if (LastSnapshot is null)
            DieUnseen(cause: null);
        _started.TrySetException(Death());
        _ = _started.Task.Exception;
        _stopped.TrySetResult();
    }

    /// <summary>There never was a scheduler that could have seen what was posted.</summary>
    private void DieUnseen(Exception? cause)
    {
        Refuse(fact => fact.Subject.Abandon(_cause), cause);
        Die([], EmptySnapshot, cause);
    }

    private SchedulerSnapshot EmptySnapshot() =>
        new SchedulerCore(Capacities, Settings.PipelineParallelism, Settings.TaskParallelism).Snapshot();
}
