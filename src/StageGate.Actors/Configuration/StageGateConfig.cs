using Akka.Configuration;

namespace StageGate.Actors.Configuration;

/// <summary>The reference configuration, and the ids of the dispatchers that stand in it.</summary>
internal static class StageGateConfig
{
    public const string Section = "stagegate";

    public const string InlineDispatcher = "stagegate.dispatchers.inline";

    public const string PinnedDispatcher = "stagegate.dispatchers.pinned";

    public const string CoordinatorDispatcher = "stagegate.dispatchers.coordinator";

    public const string WorkerDispatcher = "stagegate.dispatchers.worker";

    /// <summary>The routers only pass messages on; a thread of their own would cost a switch for each task.</summary>
    public const string RouterDispatcher = InlineDispatcher;

    public static Config Reference { get; } =
        ConfigurationFactory.FromResource("StageGate.Actors.stagegate.conf", typeof(StageGateConfig).Assembly);

    /// <summary>
    /// What a private actor system needs besides: it is quiet, it leaves the process, its signals and its exit alone, and it neither starts
    /// nor stops by way of the thread pool, which may be starved; only its loggers are there.
    /// </summary>
    public static Config PrivateSystem { get; } = ConfigurationFactory.ParseString(
        """
        akka {
          loglevel = WARNING
          stdout-loglevel = WARNING
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          coordinated-shutdown.run-by-clr-shutdown-hook = off
          coordinated-shutdown.run-by-actor-system-terminate = off
          logger-async-start = on
          loggers-dispatcher = "akka.actor.default-blocking-io-dispatcher"
          actor {
            default-dispatcher.type = "StageGate.Actors.Engine.Dispatch.InlineDispatcherConfigurator, StageGate.Actors"
            internal-dispatcher.type = "StageGate.Actors.Engine.Dispatch.InlineDispatcherConfigurator, StageGate.Actors"
          }
        }
        """);
}
