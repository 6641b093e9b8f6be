using Akka.Actor;
using StageGate.Actors.Core;
using StageGate.Actors.Engine;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Faults;

/// <summary>
/// The scheduler's own actor throws: at every fact, at every message, at every decision. The cases come from the types themselves, so that a
/// new one without a case fails here.
/// </summary>
[Guarantee("D1", "D2", "D4")]
public class SchedulerFaultTests
{
    /// <summary>What can be asked, in a way that carries a decision out. The decision is poisoned.</summary>
    private static readonly Dictionary<Type, Func<FaultSite, object>> s_messages = new()
    {
        [typeof(CancelTask)] = site => new CancelTask(TaskOf(site.Queued)),
        [typeof(RequestTaskTermination)] = site => new RequestTaskTermination(TaskOf(site.Running)),
        [typeof(GetPipelineSnapshot)] = site => new GetPipelineSnapshot((Work.PipelineWork)site.Blocked.Work),
        [typeof(Drain)] = site =>
        {
            Poison.EngineOf(site.Scheduler).Inbox.Add(Fact.StageAdvanced((Work.PipelineWork)site.Blocked.Work, stage: 1));
            return Drain.Instance;
        },
        [typeof(SchedulerProtocol.SubmitPipeline)] = site => new SchedulerProtocol.SubmitPipeline(new ScriptedPipeline<int>(_ => 1)),
        [typeof(SchedulerProtocol.CancelPipeline)] = site => new SchedulerProtocol.CancelPipeline(site.Pending.Id),
        [typeof(SchedulerProtocol.GetSnapshot)] = _ => SchedulerProtocol.GetSnapshot.Instance,
        [typeof(SchedulerProtocol.BeginShutdown)] = _ => new SchedulerProtocol.BeginShutdown(),
        [typeof(SchedulerProtocol.RequestTermination)] = _ => SchedulerProtocol.RequestTermination.Instance,
        [typeof(SchedulerProtocol.CloseScheduler)] = _ => new SchedulerProtocol.CloseScheduler(),
    };

    /// <summary>What carries nothing out: all that could throw there is a reference of a user's, and that is caught.</summary>
    private static readonly Type[] s_harmless = [typeof(SchedulerProtocol.Subscribe), typeof(SchedulerProtocol.Unsubscribe), typeof(ListenerFailed)];

    /// <summary>Not said to the scheduler.</summary>
    private static readonly Type[] s_others = [typeof(TerminationReply), typeof(StopEngine)];

    public static TheoryData<string, string> Facts =>
        Dispatchers.Each(Enum.GetNames<FactKind>().Where(kind => kind != nameof(FactKind.TaskStarted)));

    public static TheoryData<string, string> Decisions => Dispatchers.Each(Enum.GetNames<DecisionKind>());

    public static TheoryData<string, string> Messages => Dispatchers.Each(s_messages.Keys.Select(type => type.Name));

    [Theory]
    [MemberData(nameof(Facts))]
    public void A_fact_that_it_cannot_handle_ends_it_and_the_subject_of_the_fact_as_well(string kind, string dispatcher)
    {
        using var site = new FaultSite(dispatcher).Populate();

        var poison = Poison.Post(site.Scheduler, Enum.Parse<FactKind>(kind));

        site.AssertDead();
        Assert.InRange(poison.Abandoned, 1, int.MaxValue);
        Assert.IsType<InvalidCastException>(site.Queued.GetException()!.InnerException);
    }

    [Theory]
    [InlineData(Dispatchers.Inline)]
    [InlineData(Dispatchers.Pinned)]
    public void The_one_fact_that_the_core_does_without_is_harmless_whatever_its_subject_is(string dispatcher)
    {
        using var site = new FaultSite(dispatcher);
        var listener = new Correspondent(site.System);
        listener.Subscribe(site.Scheduler);
        site.Populate();

        var poison = Poison.Post(site.Scheduler, FactKind.TaskStarted);

        listener.EventsSoFar(site.Scheduler);
        Assert.Equal(0, poison.Abandoned);
        site.AssertAlive();
    }

    [Theory]
    [MemberData(nameof(Decisions))]
    public void A_decision_that_cannot_be_carried_out_ends_it_and_the_subject_of_the_decision_as_well(string kind, string dispatcher)
    {
        using var site = new FaultSite(dispatcher).Populate();
        var poison = Poison.Slip(site.System, Enum.Parse<DecisionKind>(kind));

        site.Scheduler.ActorRef.Tell(SchedulerProtocol.GetSnapshot.Instance, ActorRefs.NoSender);

        site.AssertDead();
        Assert.Equal(1, poison.Abandoned);
        Assert.NotNull(site.Queued.GetException()!.InnerException);
    }

    [Theory]
    [MemberData(nameof(Decisions))]
    public void What_was_decided_behind_it_ends_too(string kind, string dispatcher)
    {
        using var site = new FaultSite(dispatcher).Populate();
        Poison.Slip(site.System, Enum.Parse<DecisionKind>(kind));
        PoisonTask[] behind = [.. Enum.GetValues<DecisionKind>().Select(other => Poison.Slip(site.System, other))];

        site.Scheduler.ActorRef.Tell(SchedulerProtocol.GetSnapshot.Instance, ActorRefs.NoSender);

        site.AssertDead();
        Assert.All(behind, task => Assert.Equal(1, task.Abandoned));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_at_which_it_throws_ends_it_and_nobody_hangs(string message, string dispatcher)
    {
        using var site = new FaultSite(dispatcher).Populate();
        var poison = Poison.Slip(site.System, DecisionKind.PublishTask);
        var (_, make) = s_messages.Single(entry => entry.Key.Name == message);

        site.Scheduler.ActorRef.Tell(make(site), ActorRefs.NoSender);

        site.AssertDead();
        Assert.Equal(1, poison.Abandoned);
    }

    [Theory]
    [InlineData(Dispatchers.Inline)]
    [InlineData(Dispatchers.Pinned)]
    public void Whoever_has_asked_when_it_throws_is_released(string dispatcher)
    {
        using var site = new FaultSite(dispatcher).Populate();
        Poison.Slip(site.System, DecisionKind.RunTask);

        Assert.False(Bounded.OnOwnThread(site.Queued.Cancel).Ends());

        Assert.True(Bounded.OnOwnThread(site.Scheduler.Snapshot).Ends().ShutdownStarted);
        site.AssertDead();
    }

    [Fact]
    public void Every_message_has_its_case()
    {
        var all = typeof(Scheduler).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false, IsInterface: false })
            .Where(type => type.IsAssignableTo(typeof(IHandleMessage)) || type.IsAssignableTo(typeof(SchedulerProtocol.IMessage)))
            .Where(type => !type.IsAssignableTo(typeof(SchedulerProtocol.IReply)))
            .Where(type => !type.IsAssignableTo(typeof(SchedulerEvent)));

        Assert.Equal(
            Names([.. s_messages.Keys, .. s_harmless, .. s_others]),
            Names(all));

        static IEnumerable<string> Names(IEnumerable<Type> types) => types.Select(type => type.Name).Order(StringComparer.Ordinal);
    }

    private static Work.TaskWork TaskOf(TaskHandle handle) => (Work.TaskWork)handle.Work;
}
