using Akka.Actor;
using Akka.DependencyInjection;
using Akka.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StageGate.Actors.Hosting.Configuration;
using StageGate.Actors.Hosting.Pipelines;
using StageGate.Actors.Hosting.Stopping;

namespace StageGate.Actors.Hosting;

/// <summary>
/// One scheduler of a host: at first only what it is to be made from. It is made when the host starts, or when somebody resolves it
/// before, as the constructors of hosted services do.
/// </summary>
/// <param name="name">The name of its root actor.</param>
/// <param name="options">What it is to be made from; checked.</param>
/// <param name="source">Where the options come from.</param>
/// <param name="register">Gives its actor a key, if it is to have one.</param>
internal sealed class HostedScheduler(
    string name,
    StageGateOptions options,
    OptionsSource source,
    Action<IActorRegistry, IActorRef>? register)
{
    /// <summary>What the scheduler without a name is called where one is needed.</summary>
    public const string Unnamed = "stagegate";

    private readonly Lock _gate = new();
    private volatile Scheduler? _started;

    /// <summary>The name of its root actor, and what it is called in messages.</summary>
    public string Name { get; } = name;

    public StageGateOptions Options { get; } = options;

    public OptionsSource Source { get; } = source;

    /// <summary><see langword="null"/> until it is made.</summary>
    public Scheduler? Started => _started;

    /// <summary>The host's clock, once the scheduler is made.</summary>
    public TimeProvider Time { get; private set; } = TimeProvider.System;

    /// <summary>The service scopes of its submissions.</summary>
    public PipelineScopes Scopes { get; } = new(name);

    public Scheduler Start(ActorSystem system)
    {
        lock (_gate)
        {
            if (_started is { } started)
                return started;

            var services = DependencyResolver.For(system).Resolver;
            var logger = (services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger(Log.Category);
            var scheduler = Scheduler.Attach(system, Options.Scheduler, Name);
            register?.Invoke(ActorRegistry.For(system), scheduler.ActorRef);
            Scopes.Logger = logger;
            Time = services.GetService<TimeProvider>() ?? TimeProvider.System;
            var stop = new GracefulStop(this, scheduler, logger);
            CoordinatedShutdown.Get(system).AddTask(StopPhase.Name, $"stagegate {Name}", stop.Run);
            logger.Started(Name, scheduler.ActorRef.Path.Parent.ToStringWithoutAddress());
            return _started = scheduler;
        }
    }
}
