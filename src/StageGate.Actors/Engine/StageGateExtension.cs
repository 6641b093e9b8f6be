using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using StageGate.Actors.Configuration;
using StageGate.Actors.Engine.Dispatch;
using StageGate.Actors.Work;

namespace StageGate.Actors.Engine;

/// <summary>
/// What StageGate adds to an actor system, once: its dispatchers, where the system's own configuration has none of that name, and
/// numbers for the schedulers that were given no name.
/// </summary>
internal sealed class StageGateExtension : IExtension
{
    private readonly ConcurrentDictionary<EngineLink, byte> _live = new();
    private readonly Task _systemEnded;
    private int _lastNumber;

    private StageGateExtension(ActorSystem system)
    {
        // Null at the very moment of its end.
        _systemEnded = system.WhenTerminated ?? Task.CompletedTask;
        _systemEnded.ContinueWith(
            _ =>
            {
                LeftInterrupt.Forget();
                TellTheLiving();
            },
            TaskScheduler.Default);
        Register(system, StageGateConfig.InlineDispatcher, config => new InlineDispatcherConfigurator(config, system.Dispatchers.Prerequisites));
        Register(system, StageGateConfig.PinnedDispatcher, Pinned);
        Register(system, StageGateConfig.CoordinatorDispatcher, Pinned);
        Register(system, StageGateConfig.WorkerDispatcher, Pinned);

        PinnedThreadDispatcherConfigurator Pinned(Config config) => new(config, system.Dispatchers.Prerequisites);
    }

    public static StageGateExtension Of(ActorSystem system) => system.WithExtension<StageGateExtension, Provider>();

    /// <summary>
    /// Tells the engine when the system has ended, if the engine has not ended before. Its own actors do so as well, as long as they
    /// had begun to live.
    /// </summary>
    public void Track(EngineLink engine)
    {
        _live.TryAdd(engine, 0);
        engine.Stopped.ContinueWith(
            _ =>
            {
                LeftInterrupt.Forget();
                _live.TryRemove(engine, out byte _);
            },
            TaskScheduler.Default);

        // Either this look comes after the end of the system, or its end comes after the engine is tracked.
        if (_systemEnded.IsCompleted)
            TellTheLiving();
    }

    public string NextName() => $"stagegate-{Interlocked.Increment(ref _lastNumber)}";

    private void TellTheLiving()
    {
        foreach (var engine in _live.Keys)
            engine.OnStopped();
    }

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
