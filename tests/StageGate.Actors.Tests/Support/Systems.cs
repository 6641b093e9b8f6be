using Akka.Actor;
using Akka.Configuration;

namespace StageGate.Actors.Tests.Support;

/// <summary>An actor system of the test's own, and the actors of a scheduler in it.</summary>
internal static class Systems
{
    public const string SchedulerName = "sg";

    private const string Quiet =
        """
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          log-dead-letters = off
          coordinated-shutdown.run-by-clr-shutdown-hook = off
        }
        """;

    public static ActorSystem New(string hocon = "") =>
        ActorSystem.Create("test", ConfigurationFactory.ParseString(hocon).WithFallback(ConfigurationFactory.ParseString(Quiet)));

    /// <summary>One of <c>/user/sg</c> and the actors below it.</summary>
    public static IActorRef EngineActor(this ActorSystem system, string path = "") =>
        system.ActorSelection($"/user/{SchedulerName}{path}").ResolveOne(Limits.Wait).Ends();

    public static IReadOnlyList<IActorRef> ChildrenOf(this ActorSystem system, string path) =>
        [.. ((ActorRefWithCell)system.EngineActor(path)).Children];

    /// <summary>The names of all that lives under <c>/user</c>.</summary>
    public static IReadOnlyList<string> UserActors(this ActorSystem system) =>
        [.. ((ActorRefWithCell)((ExtendedActorSystem)system).Guardian).Children.Select(child => child.Path.Name).Order()];

    /// <summary>Whether the name is taken. An actor that has ended answers nobody any more, but its name is free only when its parent knows.</summary>
    public static bool Has(this ActorSystem system, string name) =>
        !((ActorRefWithCell)((ExtendedActorSystem)system).Guardian).GetSingleChild(name).IsNobody();
}
