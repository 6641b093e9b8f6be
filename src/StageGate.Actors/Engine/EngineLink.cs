using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Event;
using StageGate.Actors.Completions;
using StageGate.Actors.Configuration;
using StageGate.Actors.Core;
using StageGate.Actors.Engine.Events;
using StageGate.Actors.Work;

namespace StageGate.Actors.Engine;

/// <summary>
/// What the facade and the actors of one scheduler share. It outlives the actors, and it is where everybody learns that they are gone.
/// </summary>
internal sealed partial class EngineLink
{
    private readonly TaskCompletionSource<IActorRef> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ended = new();
    private readonly Warnings _warnings;
    private IActorRef _root = ActorRefs.Nobody;
    private IActorRef _scheduler = ActorRefs.Nobody;
    private SchedulerSnapshot? _lastSnapshot;
    private Action? _endWork;
    private Exception? _fault;
    private Exception? _cause;
    private int _taskWaits;

    public EngineLink(ActorSystem system, SchedulerSettings settings)
    {
        _warnings = new Warnings(Logging.GetLogger(system, "StageGate"), settings.OnWarning);
        Settings = settings;
        Capacities = new ResourceCapacities(settings.Resources);
        Outsiders = new Outsiders(this, system.EventStream);
        Events = new EventFeed(this, settings.TimeProvider);
        Inbox = new Inbox(Events);
        Turn = new Turn(Inbox, () => _scheduler.Tell(Drain.Instance, ActorRefs.NoSender));
        Intake = new Intake(this);
    }

    public SchedulerSettings Settings { get; }

    public ResourceCapacities Capacities { get; }

    public Outsiders Outsiders { get; }

    public EventFeed Events { get; }

    public Inbox Inbox { get; }

    public Turn Turn { get; }

    public Intake Intake { get; }

    public OwnThreads Threads { get; } = new();

    /// <summary>Ends with the scheduler's reference once the actors are there.</summary>
    public Task<IActorRef> Started => _started.Task;

    /// <summary>
    /// Ends once all actors have stopped. A callable that never ends keeps it from ending. Canceled where an actor can never stop, because its
    /// dispatcher has failed to run it.
    /// </summary>
    public Task Stopped => _stopped.Task;

    /// <summary>The last snapshot there will be; <see langword="null"/> while the engine lives.</summary>
    public SchedulerSnapshot? LastSnapshot => Volatile.Read(ref _lastSnapshot);

    /// <summary>Whether the engine ended as asked, because all work had ended. Otherwise, once there is a last snapshot, it died.</summary>
    public bool ClosedOrderly { get; private set; }

    /// <summary>Whether any task waits for other work of the scheduler.</summary>
    public bool AnyTaskWaits => Volatile.Read(ref _taskWaits) > 0;

    public void CountTaskWait() => Interlocked.Increment(ref _taskWaits);

    public void UncountTaskWait() => Interlocked.Decrement(ref _taskWaits);

    public SchedulerTerminatedException Death() =>
        new("The scheduler has been terminated together with its actors, and accepts no more work.", _cause);

    public void OnStarted(IActorRef root, IActorRef scheduler)
    {
        _root = root;
        _scheduler = scheduler;
        _started.TrySetResult(scheduler);
    }

    /// <summary>The scheduler's actor lives.</summary>
    /// <param name="endWork">Does what that actor does last, in its stead.</param>
    public void OnSchedulerBegun(Action endWork) => Volatile.Write(ref _endWork, endWork);

    public void OnStartFailed(Exception exception) => _started.TrySetException(
        new InvalidOperationException($"The actors of the scheduler could not be made: {exception.Message}", exception));

    /// <summary>Ends when those who watch the root are told of its end.</summary>
    public Task<bool> WatchRoot() => AkkaCall.Run(() => _root.WatchAsync());

    /// <summary>Adds a fact, and has the scheduler see it.</summary>
    public void Post(Fact fact)
    {
        Inbox.Add(fact);
        Turn.Offer();
    }

    /// <summary>
    /// Asks the scheduler what it answers without waiting for work, on any thread. False: the engine has ended, and there is no answer.
    /// </summary>
    public bool TryAsk<TReply>(object message, [NotNullWhen(true)] out TReply? reply)
        where TReply : class
    {
        // An interrupt that waits for the caller would strike between what is done and its being told.
        using var uninterrupted = LeftInterrupt.PutOff();
        try
        {
            reply = Blocking.Await(Ask<TReply>(message));
            return true;
        }
        catch (OperationCanceledException)
        {
            reply = null;
            return false;
        }
    }

    /// <summary>Asks the scheduler. Where the engine has ended, or ends before it answers, the task is canceled.</summary>
    public Task<TReply> Ask<TReply>(object message)
        where TReply : class =>
        _ended.IsCancellationRequested
            ? Task.FromCanceled<TReply>(_ended.Token)
            : Question<TReply>.Ask(_scheduler, message, _ended.Token);

    /// <summary>Cancels a token of user code. Its callbacks run on the thread pool, never in the scheduler's turn.</summary>
    public void CancelOutsideTurn(CancellationTokenSource cancellation, object work)
    {
        // The token is cancelled when this call returns; only the callbacks come later.
        var callbacks = cancellation.CancelAsync();
        callbacks.ContinueWith(
            faulted => WarnOutsideTurn(faulted.Exception, $"A callback on the cancellation token of {work} threw."),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
    }

    /// <inheritdoc cref="Warnings.Warn"/>
    public void WarnOutsideTurn(Exception? cause, string message) => _warnings.Warn(cause, message);

    /// <summary>Tells an actor that is none of ours. Waits for nothing that it does.</summary>
    public void TellOutsider(IActorRef receiver, object message) => Outsiders.Tell(receiver, _scheduler, message);

    /// <summary>All work has ended, and the actors are about to stop.</summary>
    public void EndOrderly(SchedulerSnapshot last)
    {
        ClosedOrderly = true;
        Inbox.Close(cause: null);
        End(last);
    }

    private void End(SchedulerSnapshot last)
    {
        Volatile.Write(ref _lastSnapshot, last with { ShutdownStarted = true });

        // Last: whoever is released by it finds the snapshot.
        _ended.Cancel();
    }
}
