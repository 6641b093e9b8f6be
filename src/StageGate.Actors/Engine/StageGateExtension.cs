using Akka.Actor;
using Akka.Configuration;
using StageGate.Actors.Configuration;
using StageGate.Actors.Engine.Dispatch;

namespace StageGate.Actors.Engine;

/// <summary>
/// What StageGate adds to an actor system, once: its dispatchers, where the system's own configuration has none of that name, and
/// numbers for the schedulers that were given no name.
/// </summary>
internal sealed class StageGateExtension : IExtension
{
    private int _lastNumber;

    private StageGateExtension(ActorSystem system)
    {
        Register(system, StageGateConfig.InlineDispatcher, config => new InlineDispatcherConfigurator(config, system.Dispatchers.Prerequisites));
        Register(system, StageGateConfig.PinnedDispatcher, Pinned);
        Register(system, StageGateConfig.CoordinatorDispatcher, Pinned);
        Register(system, StageGateConfig.WorkerDispatcher, Pinned);

        PinnedThreadDispatcherConfigurator Pinned(Config config) => new(config, system.Dispatchers.Prerequisites);
    }

    public static StageGateExtension Of(ActorSystem system) => system.WithExtension<StageGateExtension, Provider>();

    public string NextName() => $"stagegate-{Interlocked.Increment(ref _lastNumber)}";

    private static void Register(ActorSystem system, string id, Func<Config, Akka.Dispatch.MessageDispatcherConfigurator> make)
    {
        // The user's own section wins as a whole if it says of which type it is; otherwise it is completed with ours.
        var own = system.Settings.Config.GetConfig(id);
        if (own is not null && own.HasPath("type"))
            return;

        var config = ConfigurationFactory.ParseString($"id = \"{id}\"")
            .WithFallback(own ?? Config.Empty)
            .WithFallback(StageGateConfig.Reference.GetConfig(id))
            .WithFallback(system.Dispatchers.DefaultDispatcherConfig);
        system.Dispatchers.RegisterConfigurator(id, make(config));
    }

    private sealed class Provider : ExtensionIdProvider<StageGateExtension>
    {
        public override StageGateExtension CreateExtension(ExtendedActorSystem system) => new(system);
    }
}
