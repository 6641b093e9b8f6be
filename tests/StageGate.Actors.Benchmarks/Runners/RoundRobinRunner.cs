using Akka.Actor;
using Akka.Routing;

namespace StageGate.Actors.Benchmarks.Runners;

/// <summary>Akka's own pool: each message goes to the next routee, whether that one is busy or not.</summary>
internal sealed class RoundRobinRunner : TaskRunner
{
    public static readonly Peer Peer = new(
        "Akka RoundRobinPool",
        "priority, resources, threads",
        shape => new RoundRobinRunner(shape.Workers, Akka.Dispatch.Dispatchers.DefaultDispatcherId));

    /// <summary>What one configures for callables that block.</summary>
    public static readonly Peer WithThreads = new(
        "Akka RoundRobinPool, pinned",
        "priority, resources",
        shape => new RoundRobinRunner(shape.Workers, QuietSystem.PinnedDispatcher));

    private readonly ActorSystem _system = QuietSystem.Create();
    private readonly IActorRef _pool;
    private readonly int _workers;

    private RoundRobinRunner(int workers, string dispatcher)
    {
        _workers = workers;
        var routee = Props.Create(() => new Routee()).WithDispatcher(dispatcher);
        _pool = _system.ActorOf(routee.WithRouter(new RoundRobinPool(workers)));
    }

    public override Task<int> Submit(Func<int> work)
    {
        var item = new WorkItem(work);
        _pool.Tell(item, ActorRefs.NoSender);
        return item.Task;
    }

    public override IDisposable Hold() => new HeldWorkers(_workers, work => Submit(work));

    public override void Dispose() => QuietSystem.End(_system);

    private sealed class Routee : UntypedActor
    {
        protected override void OnReceive(object message) => ((WorkItem)message).Run();
    }
}
