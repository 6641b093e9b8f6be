using Akka.Actor;
using Akka.DependencyInjection;
using Akka.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
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

    private const string OptionsParameter = "options.";

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
            var loggers = services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
            var logger = loggers.CreateLogger(Log.Category);
            var own = loggers.CreateLogger(Log.SchedulerCategory);
            Options.Scheduler.OnWarning = (warning, exception) => own.Warned(exception, Name, warning);
            Scopes.Logger = logger;
            Time = services.GetService<TimeProvider>() ?? TimeProvider.System;
            var lifetime = services.GetService<IHostApplicationLifetime>();

            // From here on it is there, and is stopped with the host, whatever else of the host's throws.
            var scheduler = Attach(system);
            _started = scheduler;
            StopWithHost(system, lifetime, new GracefulStop(this, scheduler, logger));
            logger.Started(Name, scheduler.ActorRef.Path.Parent.ToStringWithoutAddress());
            return scheduler;
        }
    }

    /// <exception cref="InvalidOperationException">Its name or its key is taken.</exception>
    /// <exception cref="OptionsValidationException">No dispatcher can be made of what the configuration has under one of StageGate's own ids.</exception>
    private Scheduler Attach(ActorSystem system)
    {
        Scheduler? scheduler = null;
        try
        {
            scheduler = Scheduler.Attach(system, Options.Scheduler, Name);
            register?.Invoke(ActorRegistry.For(system), scheduler.ActorRef);
            return scheduler;
        }
        catch (ArgumentException exception) when (exception.ParamName?.StartsWith(OptionsParameter, StringComparison.Ordinal) == true)
        {
            // StageGate's own dispatchers are there only once its first scheduler is made, so nobody could look at them before.
            var option = exception.ParamName[OptionsParameter.Length..];
            throw new OptionsValidationException(Name, typeof(StageGateOptions), [$"{Source.Key(option)} is wrong. {exception.Message}"]);
        }
        catch (Exception exception) when (exception is InvalidOperationException or DuplicateActorRegistryException)
        {
            // It has no work yet, so it is gone at once.
            scheduler?.Close();
            throw new InvalidOperationException(
                $"The scheduler {Text.Quote(Name)} of the host cannot be started. {exception.Message} Give it another name or key in WithStageGate.", exception);
        }
    }

    /// <summary>
    /// The stop begins when the host begins to stop: before its hosted services stop, which may be waiting for the very pipelines that the
    /// stop cancels. Where the actor system goes first, because of a signal or on its own, the application is told.
    /// </summary>
    private void StopWithHost(ActorSystem system, IHostApplicationLifetime? lifetime, GracefulStop stop)
    {
        lifetime?.ApplicationStopping.Register(() => stop.Run());
        CoordinatedShutdown.Get(system).AddTask(StopPhase.Name, $"stagegate {Name}", () =>
        {
            var stopped = stop.Run();
            try
            {
                lifetime?.StopApplication();
            }
            catch (Exception)
            {
                // A callback or the logger of the host has thrown, which the host tells itself. The stop is waited for all the same.
            }

            return stopped;
        });
    }
}
