using Akka.Actor;
using StageGate.Actors.Completions;

namespace StageGate.Actors.Engine;

/// <summary>Closes a scheduler: waits for its work, then for its actors, its threads and, where it is its own, its actor system.</summary>
internal sealed class EngineStop(EngineLink engine, ActorSystem system, bool ownsSystem)
{
    /// <summary>How long closing waits, at most, for an actor system that may run on a starved thread pool.</summary>
    private static readonly TimeSpan s_systemLimit = TimeSpan.FromSeconds(5);

    /// <summary>How long closing waits, at most, for actors that a callable may keep from stopping after the scheduler has died.</summary>
    private static readonly TimeSpan s_deathLimit = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Asked for while the system lives: at the very moment of its end, Akka has no task for it at all, and gives <see langword="null"/>.
    /// </summary>
    private readonly Task _systemEnded = system.WhenTerminated ?? Task.CompletedTask;

    public void Close(bool cancelPendingPipelines)
    {
        Blocking.Wait(Ask(cancelPendingPipelines), Deadline.After(timeout: null));
        foreach (var (step, limit) in Steps())
            Blocking.Wait(step, Deadline.After(limit));
    }

    public async Task CloseAsync(bool cancelPendingPipelines)
    {
        Task closed = Ask(cancelPendingPipelines);
        await closed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var (step, limit) in Steps())
            await step.WaitAsync(limit ?? Timeout.InfiniteTimeSpan).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Ends when all work has ended, or when the engine has.</summary>
    private Task<SchedulerProtocol.SchedulerClosed> Ask(bool cancelPendingPipelines) =>
        engine.Ask<SchedulerProtocol.SchedulerClosed>(new SchedulerProtocol.CloseScheduler(cancelPendingPipelines));

    private Task<ActorIdentity> IdentifyGuardian() =>
        ((ExtendedActorSystem)system).Guardian.Ask<ActorIdentity>(new Identify(null), Timeout.InfiniteTimeSpan);

    /// <summary>A question that is asked while the system ends may get no answer.</summary>
    private Task<Task> WhileSystemLives(Task step) => Task.WhenAny(step, _systemEnded);

    /// <summary>What to wait for, one after the other, once the scheduler has ended: each with how long at most, if there is a limit.</summary>
    private IEnumerable<(Task Step, TimeSpan? Limit)> Steps()
    {
        // All work has ended, so the actors are idle and stop at once. If the scheduler has died, a callable may block one of them; and one
        // that is not run by its dispatcher never stops, nor does what is above it.
        yield return (engine.Stopped, engine.ClosedOrderly ? null : s_deathLimit);
        if (engine.ClosedOrderly)
            engine.Threads.Join();

        if (ownsSystem)
        {
            _ = AkkaCall.Run(system.Terminate);
            yield return (_systemEnded, engine.Stopped.IsCompletedSuccessfully ? s_systemLimit : s_deathLimit);
        }
        else if (engine.Stopped.IsCompletedSuccessfully)
        {
            // The name is free again once the guardian has seen the root end. It is told so before those who watch are told, and it
            // answers after what it was told before. Where it does not, the question has no time-out of its own: that would be a failure
            // which nobody looks at any more.
            yield return (WhileSystemLives(engine.WatchRoot()), s_systemLimit);
            yield return (WhileSystemLives(AkkaCall.Run(IdentifyGuardian)), s_systemLimit);
        }
    }
}
