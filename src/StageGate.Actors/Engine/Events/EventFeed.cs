using Akka.Actor;
using StageGate.Actors.Core;
using StageGate.Actors.Work;

namespace StageGate.Actors.Engine.Events;

/// <summary>
/// Tells the subscribers what becomes of the work. While there are none, each call is one look at an empty array.
/// </summary>
/// <remarks>
/// Subscribers come and go in the scheduler's turn, and events are told there too; only where the engine dies, whichever thread ends a piece
/// of work may tell of it. Any thread may ask whether anybody listens.
/// </remarks>
internal sealed class EventFeed(EngineLink engine, TimeProvider clock)
{
    // Replaced as a whole, never changed.
    private Relay[] _listening = [];
    private int _clockFailed;

    public bool IsActive => Volatile.Read(ref _listening).Length > 0;

    public DateTimeOffset Now()
    {
        try
        {
            return clock.GetUtcNow().ToUniversalTime();
        }
        catch (Exception exception)
        {
            // A clock of the user's that throws must hurt neither the scheduler's turn nor a worker.
            if (Interlocked.Exchange(ref _clockFailed, 1) == 0)
                engine.WarnOutsideTurn(exception, "SchedulerOptions.TimeProvider threw; events have the time of the system where it does.");
            return TimeProvider.System.GetUtcNow();
        }
    }

    /// <summary>Lets the actor have all events from now on, and tells it where things stand.</summary>
    public void Subscribe(IActorRef subscriber, IActorRef scheduler, SchedulerCore core, IActorRef asker)
    {
        var relay = engine.Outsiders.Listen(subscriber, scheduler, out var wasListening);

        // A former relay of the same actor has retired, because the reference threw, and its end is not known here yet.
        if (!wasListening)
            Volatile.Write(ref _listening, [.. _listening.Where(other => !other.Receiver.Is(subscriber)), relay]);

        // The answer takes the same way as the events where they have the same receiver, and so comes between the old and the new ones.
        engine.TellOutsider(asker, new SchedulerProtocol.Subscribed(TakeOpeningSnapshot(core, newcomer: wasListening ? null : relay)));
    }

    /// <summary>Lets the actor have no more events than were told before.</summary>
    public void Unsubscribe(IActorRef subscriber) => Remove(RelayOf(subscriber))?.StopListening();

    /// <summary>The actor has died.</summary>
    public void Forget(IActorRef subscriber) => Remove(RelayOf(subscriber))?.Drop();

    /// <summary>The relay has retired. False: it had been replaced.</summary>
    public bool TryForget(Relay relay)
    {
        var wasListening = _listening.Contains(relay);
        Remove(relay);
        return wasListening;
    }

    /// <summary>The engine has ended. What was told before still reaches the subscribers.</summary>
    public void Close()
    {
        foreach (var relay in Interlocked.Exchange(ref _listening, []))
            relay.StopListening();
    }

    /// <summary>Tells of a fact that is an event by itself. The core has seen it, and what it has decided is yet to be carried out.</summary>
    public void Tell(in Fact fact)
    {
        if (!IsActive)
            return;

        switch (fact.Kind)
        {
            case FactKind.PipelineSubmitted when fact.Subject is PipelineWork pipeline:
                Publish(new SchedulerEvents.PipelineQueued(TimeOf(fact), pipeline.Id, pipeline.Name, Stage: 0));
                break;
            case FactKind.StageAdvanced when fact.Subject is PipelineWork pipeline:
                Publish(new SchedulerEvents.StageAdvanced(TimeOf(fact), pipeline.Id, pipeline.Name, fact.Stage));
                break;
            case FactKind.TaskSubmitted when fact.Subject is TaskWork task:
                Publish(new SchedulerEvents.TaskQueued(
                    TimeOf(fact), task.Owner.Id, task.Owner.Name, task.Id, task.Name, task.Stage, ResourcesOf(task)));
                break;
            case FactKind.TaskStarted when fact.Subject is TaskWork { State: TaskState.Ready, KnownStart: TaskWork.NoKnownStart } task:
                TellStarted(task, TimeOf(fact), except: null);
                break;
        }
    }

    public void TellStarted(PipelineWork pipeline)
    {
        if (IsActive)
            Publish(new SchedulerEvents.PipelineStarted(Now(), pipeline.Id, pipeline.Name, pipeline.Stage));
    }

    public void TellAdmitted(TaskWork task)
    {
        if (IsActive)
        {
            Publish(new SchedulerEvents.TaskAdmitted(
                Now(), task.Owner.Id, task.Owner.Name, task.Id, task.Name, task.Stage, ResourcesOf(task)));
        }
    }

    /// <param name="pipeline">The pipeline, whose end is known to all.</param>
    /// <param name="state">How it ended.</param>
    /// <param name="failure">What it threw.</param>
    /// <param name="hadStarted">Whether it had been started.</param>
    /// <param name="cause">The fact that made it known, if it was one.</param>
    public void TellEnded(PipelineWork pipeline, PipelineState state, Exception? failure, bool hadStarted, in Fact cause = default)
    {
        if (IsActive)
        {
            var time = cause.Kind == FactKind.PipelineEnded && cause.Subject == pipeline ? TimeOf(cause) : Now();
            Publish(new SchedulerEvents.PipelineEnded(time, pipeline.Id, pipeline.Name, pipeline.Stage, state, failure, hadStarted));
        }
    }

    /// <param name="task">The task, whose end is known to all.</param>
    /// <param name="state">How it ended.</param>
    /// <param name="failure">What it threw.</param>
    /// <param name="cause">The fact that made it known, if it was one.</param>
    public void TellEnded(TaskWork task, TaskState state, Exception? failure, in Fact cause = default)
    {
        if (IsActive)
        {
            var time = cause.Kind == FactKind.TaskEnded && cause.Subject == task ? TimeOf(cause) : Now();

            // Its beginning may have been found out, and told, after it had reported its end.
            if (time.UtcTicks < task.KnownStart)
                time = new DateTimeOffset(task.KnownStart, TimeSpan.Zero);
            Publish(new SchedulerEvents.TaskEnded(
                time, task.Owner.Id, task.Owner.Name, task.Id, task.Name, task.Stage, ResourcesOf(task), state, failure, HadStarted: task.KnownStart != TaskWork.NoKnownStart));
        }
    }

    /// <summary>
    /// The state from which the events of a new subscriber go on. A task counts as running in it if its beginning is told to the others before,
    /// and to this one never.
    /// </summary>
    /// <remarks>
    /// A worker begins a task and then looks whether anybody listens; here somebody listens, and then the tasks are looked at. So every
    /// beginning is seen by one of the two, and where both see it, the fact that the worker posts finds it told.
    /// </remarks>
    private SchedulerSnapshot TakeOpeningSnapshot(SchedulerCore core, Relay? newcomer)
    {
        Interlocked.MemoryBarrier();
        var running = new HashSet<long>();
        foreach (var task in core.AdmittedTasks.Cast<TaskWork>())
        {
            if (task.KnownStart == TaskWork.NoKnownStart && task.HasBegun)
                TellStarted(task, Now(), except: newcomer);
            if (task.KnownStart != TaskWork.NoKnownStart)
                running.Add(task.Id);
        }

        var snapshot = core.Snapshot();
        return snapshot with
        {
            Tasks = snapshot.Tasks with { Running = running.Count },
            AdmittedTasks = [.. snapshot.AdmittedTasks.Select(task => task with { IsRunning = running.Contains(task.Id) })],
        };
    }

    private void TellStarted(TaskWork task, DateTimeOffset time, Relay? except)
    {
        task.KnownStart = time.UtcTicks;
        Publish(
            new SchedulerEvents.TaskStarted(time, task.Owner.Id, task.Owner.Name, task.Id, task.Name, task.Stage, ResourcesOf(task)),
            except);
    }

    private void Publish(SchedulerEvent happened, Relay? except = null)
    {
        foreach (var relay in Volatile.Read(ref _listening))
        {
            // One that has retired is about to be taken off the list.
            if (relay != except)
                relay.TryPost(happened);
        }
    }

    private Relay? RelayOf(IActorRef subscriber) => Array.Find(_listening, listening => listening.Receiver.Is(subscriber));

    private Relay? Remove(Relay? relay)
    {
        Volatile.Write(ref _listening, [.. _listening.Where(listening => listening != relay)]);
        return relay;
    }

    /// <summary>A fact that was posted before anybody listened has no time of its own.</summary>
    private DateTimeOffset TimeOf(in Fact fact) => fact.PostedAt ?? Now();

    private IReadOnlyDictionary<string, decimal> ResourcesOf(TaskWork task) => task.Demand.ByLabel(engine.Capacities);
}
