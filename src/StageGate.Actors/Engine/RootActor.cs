using System.Linq.Expressions;
using Akka.Actor;
using StageGate.Actors.Configuration;

namespace StageGate.Actors.Engine;

/// <summary>
/// The parent of the three: the scheduler, the router of the coordinators, and the router of the workers. They live and die together;
/// nothing goes on after a restart, because a restarted actor would have forgotten its work without a word.
/// </summary>
/// <remarks>
/// The coordinators and the workers are not below the scheduler: an actor stops after its children, and a callable that never ends must
/// not keep the scheduler from ending the handles.
/// </remarks>
internal sealed class RootActor(EngineLink engine) : EngineActor(engine)
{
    private DispatchWatch? _watch;

    protected override void PreStart()
    {
        _watch = new DispatchWatch(Engine, Context);
        try
        {
            MakeChildren();
        }
        catch (Exception exception)
        {
            Engine.OnStartFailed(exception);
            throw;
        }
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case StopEngine or Terminated:
                Context.Stop(Self);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PostStop()
    {
        _watch?.End();
        Engine.OnStopped();
    }

    // The guardian of the actor system belongs to others, and its strategy may be to restart what fails. The children live on until the new
    // root stops, and the scheduler among them ends the handles, as it does when the root is stopped.
    protected override void PreRestart(Exception reason, object message)
    {
        Engine.OnActorFailed(reason);
        _watch?.End();
    }

    protected override void PostRestart(Exception reason) => Context.Stop(Self);

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(exception =>
    {
        Engine.OnActorFailed(exception);
        return Directive.Stop;
    });

    /// <summary>Never to be serialized or deployed elsewhere: the actors share memory with the facade.</summary>
    /// <remarks>The dispatcher comes last, because a deployment that is set afterwards would replace it.</remarks>
    public static Props Local<TActor>(Expression<Func<TActor>> make, string dispatcher)
        where TActor : ActorBase =>
        Props.Create(make).WithDeploy(Deploy.Local).WithDispatcher(dispatcher);

    private void MakeChildren()
    {
        var (engine, settings) = (Engine, Engine.Settings);
        var coordinators = Router(engine, Local(() => new PipelineCoordinatorActor(engine), settings.CoordinatorDispatcher), "pipelines", "coordinator");
        var workers = Router(engine, Local(() => new WorkerActor(engine), settings.WorkerDispatcher), "workers", "worker");
        var scheduler = Child(Local(() => new SchedulerActor(engine, coordinators, workers), settings.SchedulerDispatcher), "scheduler");
        engine.OnStarted(Self, scheduler);
    }

    private static IActorRef Router(EngineLink engine, Props routee, string name, string routeeName) =>
        Child(Local(() => new ExecutorRouterActor(engine, routee, routeeName), StageGateConfig.RouterDispatcher), name);

    private static IActorRef Child(Props props, string name) => Context.Watch(Context.ActorOf(props, name));
}
