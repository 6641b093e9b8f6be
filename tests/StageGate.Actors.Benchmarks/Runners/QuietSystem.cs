using Akka.Actor;
using Akka.Configuration;

namespace StageGate.Actors.Benchmarks.Runners;

/// <summary>An actor system as Akka makes it, but silent.</summary>
internal static class QuietSystem
{
    public const string PinnedDispatcher = "pinned";

    public static ActorSystem Create() => ActorSystem.Create("peer", ConfigurationFactory.ParseString(
        """
        akka.loglevel = ERROR
        akka.stdout-loglevel = ERROR
        akka.coordinated-shutdown.run-by-clr-shutdown-hook = off
        pinned.type = PinnedDispatcher
        """));

    public static void End(ActorSystem system) => system.Terminate().Wait();
}
