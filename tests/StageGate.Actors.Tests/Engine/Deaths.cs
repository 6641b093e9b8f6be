using Akka.Actor;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

/// <summary>The ways in which the engine of a scheduler at <c>/user/sg</c> can go down without being asked.</summary>
internal static class Deaths
{
    private static readonly Dictionary<string, Action<ActorSystem>> s_ways = new()
    {
        ["the system is terminated"] = system => _ = system.Terminate(),
        ["the system is aborted"] = system => ((ExtendedActorSystem)system).Abort(),
        ["the root is stopped"] = system => system.Stop(system.EngineActor()),
        ["the root is killed"] = system => system.EngineActor().Tell(Kill.Instance),
        ["the root is poisoned"] = system => system.EngineActor().Tell(PoisonPill.Instance),
        ["the scheduler is stopped"] = system => system.Stop(system.EngineActor("/scheduler")),
        ["the scheduler is killed"] = system => system.EngineActor("/scheduler").Tell(Kill.Instance),
        ["the scheduler is poisoned"] = system => system.EngineActor("/scheduler").Tell(PoisonPill.Instance),
        ["the worker router is stopped"] = system => system.Stop(system.EngineActor("/workers")),
        ["the worker router is killed"] = system => system.EngineActor("/workers").Tell(Kill.Instance),
        ["the worker router is poisoned"] = system => system.EngineActor("/workers").Tell(PoisonPill.Instance),
        ["the coordinator router is stopped"] = system => system.Stop(system.EngineActor("/pipelines")),
        ["the coordinator router is killed"] = system => system.EngineActor("/pipelines").Tell(Kill.Instance),
        ["the coordinator router is poisoned"] = system => system.EngineActor("/pipelines").Tell(PoisonPill.Instance),
    };

    public static IEnumerable<string> Ways => s_ways.Keys;

    public static TheoryData<string, string> OnEachDispatcher => Dispatchers.Each(s_ways.Keys);

    public static bool TakesTheSystem(string way) => way.StartsWith("the system", StringComparison.Ordinal);

    public static void Die(this ActorSystem system, string way) => s_ways[way](system);
}
