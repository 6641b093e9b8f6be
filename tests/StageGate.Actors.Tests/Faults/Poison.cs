using System.Reflection;
using Akka.Actor;
using StageGate.Actors.Core;
using StageGate.Actors.Engine;
using StageGate.Actors.Work;

namespace StageGate.Actors.Tests.Faults;

/// <summary>
/// Makes the scheduler's turn throw at a place of the test's choice. Everything goes in by the doors that the engine has anyway, but for the
/// decisions, which only the core itself makes: these are slipped into its queue while the scheduler is idle.
/// </summary>
internal static class Poison
{
    public static EngineLink EngineOf(Scheduler scheduler) => Field<EngineLink>(scheduler);

    /// <summary>Something of a kind that the scheduler does not know what to do with.</summary>
    public static PoisonWork Post(Scheduler scheduler, FactKind kind)
    {
        var poison = new PoisonWork();
        EngineOf(scheduler).Post(new Fact(kind, poison));
        return poison;
    }

    /// <summary>A decision that cannot be carried out. The next turn that carries anything out throws.</summary>
    public static PoisonTask Slip(ActorSystem system, DecisionKind kind)
    {
        var task = new PoisonTask(new PoisonPipeline());
        Field<Queue<Decision>>(CoreOf(system)).Enqueue(new Decision(kind, task));
        return task;
    }

    /// <summary>A refusal of a wait that cannot be carried out. The next turn that carries anything out throws.</summary>
    public static void SlipRefusal(FaultSite site)
    {
        // The answer comes after what was on its way.
        site.Scheduler.Snapshot();
        Field<Queue<Decision>>(CoreOf(site.System)).Enqueue(new Decision(DecisionKind.RefuseWait, new PoisonWait(site.Running.Work)));
    }

    /// <summary>
    /// A wait that looks like any other until it is armed; from then on the core breaks off in the middle of every transition that could have
    /// changed the head of a queue: after it has moved everything, and before it has told anybody.
    /// </summary>
    public static PoisonWait Wait(Scheduler scheduler, WorkEntry running, WorkEntry target)
    {
        var wait = new PoisonWait(target);
        running.BeginWait(wait);
        EngineOf(scheduler).Post(Fact.WaitBegun((IAbandonable)running));
        Assert.True(SpinWait.SpinUntil(() => wait.Order > 0, Support.Limits.Wait), "Nobody looked at the wait.");

        // The turn that looks at it may not be over yet; the answer comes after it.
        scheduler.Snapshot();
        wait.IsArmed = true;
        return wait;
    }

    private static SchedulerCore CoreOf(ActorSystem system)
    {
        var cell = ((ActorRefWithCell)Support.Systems.EngineActor(system, "/scheduler")).Underlying;
        return Field<SchedulerCore>(Field<ActorBase>(cell));
    }

    /// <summary>By its type, since that is all that matters here.</summary>
    private static T Field<T>(object owner)
    {
        for (var type = owner.GetType(); type is not null; type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
            {
                if (typeof(T).IsAssignableFrom(field.FieldType) && field.GetValue(owner) is T value)
                    return value;
            }
        }

        throw new InvalidOperationException($"{owner.GetType()} has no {typeof(T)}.");
    }
}

/// <summary>Neither a pipeline nor a task.</summary>
internal sealed class PoisonWork : IAbandonable
{
    private int _abandoned;

    public int Abandoned => Volatile.Read(ref _abandoned);

    public void Abandon(Exception? cause) => Interlocked.Increment(ref _abandoned);

    public void PublishDrained()
    {
    }
}

internal sealed class PoisonPipeline() : PipelineEntry(id: 1_000_000, "poison");

/// <summary>A task that no worker can run.</summary>
internal sealed class PoisonTask(PipelineEntry pipeline) : TaskEntry(pipeline, stage: 0, Demand.None, "poison"), IAbandonable
{
    private int _abandoned;

    public int Abandoned => Volatile.Read(ref _abandoned);

    public override bool HasBegun => throw new PoisonException();

    public override bool TryRevoke() => throw new PoisonException();

    public void Abandon(Exception? cause) => Interlocked.Increment(ref _abandoned);

    public void PublishDrained()
    {
    }
}

internal sealed class PoisonWait(WorkEntry target) : OpenWait
{
    public bool IsArmed { get; set; }

    public override ReturnWhen Until => IsArmed ? throw new PoisonException() : ReturnWhen.FirstException;

    public override IEnumerable<WorkEntry> Targets => [AnyTarget];

    public override WorkEntry AnyTarget => IsArmed ? throw new PoisonException() : target;

    public override int Count => 1;

    public override void Release() => throw new PoisonException();
}

internal sealed class PoisonException() : Exception("poison");
