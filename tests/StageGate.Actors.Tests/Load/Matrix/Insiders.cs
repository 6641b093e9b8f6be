using System.Collections.Concurrent;
using Akka.Actor;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Load.Matrix;

/// <summary>
/// Those who call an arena from inside its scheduler: the <c>Run()</c> of a pipeline, a task of it, and a subscriber, for each of the calls.
/// They have places and workers of their own, and nobody waits for them. So the rest of the arena is as it is without them, and a wait of
/// theirs can always end: none may be refused, and none may hang.
/// </summary>
/// <param name="arena">What to call.</param>
/// <param name="callers">How many of each kind there are.</param>
/// <param name="call">What each of them does.</param>
internal sealed class Insiders(Arena arena, int callers, Action<int, CallSite> call) : IDisposable
{
    /// <summary>A handler may block as long as it likes on a thread of its own; on those of the pool it would hold up async pipelines.</summary>
    public const string Hocon =
        """
        insiders {
          type = "StageGate.Actors.Engine.Dispatch.PinnedThreadDispatcherConfigurator, StageGate.Actors"
          thread-name = "insider"
        }
        """;

    private readonly ManualResetEventSlim _start = new();
    private readonly CountdownEvent _arrived = new(2 * callers);
    private readonly CountdownEvent _subscribed = new(callers);
    private readonly ConcurrentDictionary<(int, CallSite), TaskCompletionSource> _ends = new();
    private readonly List<IActorRef> _subscribers = [];

    /// <summary>Takes the places and the workers.</summary>
    public void Enter()
    {
        for (var i = 0; i < callers; i++)
        {
            var caller = i;
            arena.Submit(marker => arena.Scheduler.Run(controls =>
            {
                marker.Ran = true;
                controls.NewTask(() => Work(caller, CallSite.Task)).Run();
                Work(caller, CallSite.Run);
                return caller;
            }));
        }

        Assert.True(_arrived.Wait(Limits.Wait), "The insiders do not come in.");
    }

    /// <summary>Subscribes to the events that come from now on.</summary>
    public void Listen()
    {
        for (var i = 0; i < callers; i++)
        {
            var caller = i;
            var props = Props.Create(() => new Subscriber(arena.Scheduler, _subscribed, () => Call(caller, CallSite.Subscriber)));
            _subscribers.Add(arena.System.ActorOf(props.WithDispatcher("insiders")));
        }

        Assert.True(_subscribed.Wait(Limits.Wait), "The subscribers are not answered.");
    }

    public void Start() => _start.Set();

    /// <summary>Ends, or fails, as what that caller does. A subscriber does nothing before it is told of an event.</summary>
    public Task EndOf(int caller, CallSite site) => Source(caller, site).Task;

    public void Dispose()
    {
        Start();
        _subscribers.ForEach(arena.System.Stop);
    }

    private void Work(int caller, CallSite site)
    {
        _arrived.Signal();
        Call(caller, site);
    }

    private void Call(int caller, CallSite site)
    {
        try
        {
            Assert.True(_start.Wait(Limits.Wait));
            call(caller, site);
            Source(caller, site).SetResult();
        }
        catch (Exception exception)
        {
            Source(caller, site).SetException(exception);
        }
    }

    private TaskCompletionSource Source(int caller, CallSite site) => _ends.GetOrAdd((caller, site), _ => new TaskCompletionSource());

    private sealed class Subscriber(Scheduler scheduler, CountdownEvent subscribed, Action call) : UntypedActor
    {
        private bool _hasCalled;

        protected override void PreStart() => scheduler.ActorRef.Tell(new SchedulerProtocol.Subscribe());

        protected override void OnReceive(object message)
        {
            if (message is SchedulerProtocol.Subscribed)
            {
                subscribed.Signal();
            }
            else if (message is SchedulerEvent && !_hasCalled)
            {
                _hasCalled = true;
                call();
            }
        }
    }
}
