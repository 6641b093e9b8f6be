using Akka.Actor;
using StageGate.Actors.Completions;
using StageGate.Actors.Configuration;

namespace StageGate.Actors.Engine;

/// <summary>Brings the actors of a scheduler to life inside an actor system.</summary>
internal static class EngineStart
{
    /// <summary>Makes an actor system as well, which nobody else sees.</summary>
    public static (ActorSystem System, EngineLink Engine, IActorRef Scheduler) StartWithSystem(SchedulerSettings settings)
    {
        var config = StageGateConfig.PrivateSystem.WithFallback(StageGateConfig.Reference);
        var system = ActorSystem.Create("stagegate", settings.Source is { } source ? source.WithFallback(config) : config);
        try
        {
            var (engine, scheduler) = Start(system, settings, name: null);
            return (system, engine, scheduler);
        }
        catch
        {
            _ = system.Terminate();
            throw;
        }
    }

    /// <param name="system">Where they are to live.</param>
    /// <param name="settings">What the scheduler is made from.</param>
    /// <param name="name">The name of the root; <see langword="null"/>: one that is free.</param>
    /// <exception cref="ArgumentException">A dispatcher does not exist, or cannot be made.</exception>
    /// <exception cref="InvalidOperationException">The name is taken, or the system has been terminated.</exception>
    public static (EngineLink Engine, IActorRef Scheduler) Start(ActorSystem system, SchedulerSettings settings, string? name)
    {
        // Null at the very moment of its end.
        if (system.WhenTerminated is null or { IsCompleted: true })
            throw new InvalidOperationException($"The actor system {system.Name} has been terminated.");

        var extension = StageGateExtension.Of(system);
        CheckDispatcher(system, settings.SchedulerDispatcher, nameof(SchedulerOptions.SchedulerDispatcher));
        CheckDispatcher(system, settings.CoordinatorDispatcher, nameof(SchedulerOptions.CoordinatorDispatcher));
        CheckDispatcher(system, settings.WorkerDispatcher, nameof(SchedulerOptions.WorkerDispatcher));

        var engine = new EngineLink(system, settings);
        var root = RootActor.Local(() => new RootActor(engine), StageGateConfig.RouterDispatcher);
        if (!TryCreate(system, root, name ?? extension.NextName()))
        {
            if (name is not null)
                throw new InvalidOperationException($"The actor system {system.Name} has an actor called {Text.Quote(name)} already.");

            // Somebody else's actor has the name that was next; the numbers go on.
            return Start(system, settings, name);
        }

        // A system that is being terminated may drop the root before it has begun to live; then the extension tells the engine.
        extension.Track(engine);
        return (engine, Blocking.Await(engine.Started));
    }

    private static bool TryCreate(ActorSystem system, Props root, string name)
    {
        try
        {
            system.ActorOf(root, name);
            return true;
        }
        catch (InvalidActorNameException)
        {
            return false;
        }
    }

    private static void CheckDispatcher(ActorSystem system, string id, string option)
    {
        if (!system.Dispatchers.HasDispatcher(id))
        {
            throw new ArgumentException(
                $"SchedulerOptions.{option} is {Text.Quote(id)}, and the actor system {system.Name} has no dispatcher of that id.", $"options.{option}");
        }

        try
        {
            // Made once in vain: the workers' is needed only when the first task runs, and what is wrong with it would end the scheduler then.
            system.Dispatchers.Lookup(id);
        }
        catch (Exception exception)
        {
            throw new ArgumentException(
                $"SchedulerOptions.{option} is {Text.Quote(id)}, and no dispatcher can be made of what the actor system {system.Name} has there: {exception.Message}",
                $"options.{option}",
                exception);
        }
    }
}
