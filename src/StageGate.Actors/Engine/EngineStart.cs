using Akka.Actor;
using StageGate.Actors.Completions;
using StageGate.Actors.Configuration;

namespace StageGate.Actors.Engine;

/// <summary>Brings the actors of a scheduler to life inside an actor system.</summary>
internal static class EngineStart
{
    /// <exception cref="ArgumentException">A dispatcher does not exist.</exception>
    /// <exception cref="InvalidOperationException">The name is taken, or the system has been terminated.</exception>
    public static (EngineLink Engine, IActorRef Scheduler) Start(ActorSystem system, SchedulerSettings settings, string name)
    {
        if (system.WhenTerminated.IsCompleted)
            throw new InvalidOperationException($"The actor system {system.Name} has been terminated.");

        StageGateExtension.Of(system);
        CheckDispatcher(system, settings.SchedulerDispatcher, nameof(SchedulerOptions.SchedulerDispatcher));
        CheckDispatcher(system, settings.CoordinatorDispatcher, nameof(SchedulerOptions.CoordinatorDispatcher));
        CheckDispatcher(system, settings.WorkerDispatcher, nameof(SchedulerOptions.WorkerDispatcher));

        var engine = new EngineLink(system, settings);
        var root = RootActor.Local(() => new RootActor(engine), StageGateConfig.RouterDispatcher);
        try
        {
            system.ActorOf(root, name);
        }
        catch (InvalidActorNameException exception)
        {
            throw new InvalidOperationException($"The actor system {system.Name} has an actor called {Text.Quote(name)} already.", exception);
        }

        return (engine, Blocking.Await(engine.Started));
    }

    private static void CheckDispatcher(ActorSystem system, string id, string option)
    {
        if (!system.Dispatchers.HasDispatcher(id))
        {
            throw new ArgumentException(
                $"SchedulerOptions.{option} is {Text.Quote(id)}, and the actor system {system.Name} has no dispatcher of that id.", $"options.{option}");
        }
    }
}
