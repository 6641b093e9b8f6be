using System.Reflection;
using Akka.Actor;
using StageGate.Actors.Core;
using StageGate.Actors.Engine;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Faults;

/// <summary>
/// The core breaks off in the middle of a transition of real work, or right behind it: it has moved everything to its new place and decided
/// what follows, and nobody has been told yet.
/// </summary>
public class BrokenTransitionTests
{
    private static readonly Dictionary<string, Transition> s_transitions = new()
    {
        ["a pipeline is submitted"] = new("Submit(PipelineEntry)", site => site.Track(site.Scheduler.Run(_ => 1))),
        ["a pipeline is canceled"] = new("CancelPipeline(Int64)", site => Assert.False(site.Pending.Cancel())),
        ["a pipeline ends"] = new("End(PipelineEntry, PipelineState)", site => site.Body.Open()),
        ["a stage is advanced"] = new("AdvanceStage(PipelineEntry, Int32)", site => site.Body.Open())
        {
            InRun = (_, controls) => controls.StageForward(),
            LooksAtWaits = false,
        },
        ["a task is submitted"] = new("Submit(TaskEntry)", site => site.Body.Open())
        {
            InRun = (site, controls) => site.Track(controls.NewTask(() => 1).Run()),
        },
        ["a task is canceled"] = new("Cancel(TaskEntry)", site => Assert.False(site.Queued.Cancel())),

        // Past its handle, which knows the answer.
        ["a running task is to be canceled"] = new(
            "Cancel(TaskEntry)",
            site => site.Scheduler.ActorRef.Tell(new CancelTask((Work.TaskWork)site.Running.Work), ActorRefs.NoSender))
        {
            LooksAtWaits = false,
        },
        ["a queued task is asked to end"] = new(
            "RequestTermination(TaskEntry)", site => Assert.False(site.Queued.RequestTermination())),
        ["a running task is asked to end"] = new(
            "RequestTermination(TaskEntry)", site => Assert.False(site.Running.RequestTermination()))
        {
            LooksAtWaits = false,
        },
        ["a task ends"] = new("End(TaskEntry, TaskState)", site => site.Callable.Open()) { IsWaiting = site => site.Blocked },
        ["shutdown begins"] = new("BeginShutdown(Boolean)", site => site.Scheduler.Shutdown()),
        ["shutdown cancels what is pending"] = new(
            "BeginShutdown(Boolean)", site => site.Scheduler.Shutdown(cancelPendingPipelines: true)),
        ["closing begins"] = new("BeginShutdown(Boolean)", site => site.Scheduler.CloseAsync()),
        ["all is asked to end"] = new("RequestTermination()", site => site.Scheduler.RequestTermination()),
        ["a wait begins"] = new("BeginWait(WorkEntry)", site =>
        {
            site.Blocked.Work.BeginWait(new PoisonWait(site.Running.Work) { IsArmed = true });
            Poison.EngineOf(site.Scheduler).Post(Fact.WaitBegun((Work.PipelineWork)site.Blocked.Work));
        }),
        ["all is given up"] = new("Abandon()", site => site.System.Stop(site.System.EngineActor())) { Cause = null },
        ["a pipeline that nobody has seen is counted"] = DiesUnseen("LineUp(PipelineEntry)", FactKind.PipelineSubmitted),
        ["a task that nobody has seen is counted"] = DiesUnseen("LineUp(TaskEntry)", FactKind.TaskSubmitted),
    };

    public static TheoryData<string, string> Transitions => Dispatchers.Each(s_transitions.Keys);

    [Theory]
    [MemberData(nameof(Transitions))]
    [Guarantee("D1", "D4", "L5")]
    public void Whatever_was_on_its_way_ends(string name, string dispatcher)
    {
        var transition = s_transitions[name];
        using var site = new FaultSite(dispatcher);
        var ran = new TaskCompletionSource();
        site.Populate(afterwards: controls =>
        {
            try
            {
                transition.InRun?.Invoke(site, controls);
            }
            finally
            {
                ran.SetResult();
            }
        });
        transition.Arm(site);

        Bounded.OnOwnThread(() => transition.Begin(site)).Ends();

        if (transition.InRun is not null)
            ran.Task.Ends();
        site.Pending.Completion.EndsSomehow();
        Assert.True(Bounded.OnOwnThread(site.Scheduler.Snapshot).Ends().ShutdownStarted);
        site.AssertDead();
        Assert.Equal(transition.Cause, site.Pending.GetException()!.InnerException?.GetType());
    }

    [Fact]
    public void Every_transition_of_the_core_has_its_case()
    {
        string[] questions = ["TryDecide(Decision&)", "Snapshot()", "Snapshot(PipelineEntry)"];

        var all = typeof(SchedulerCore).GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsSpecialName)
            .Select(method => $"{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.ParameterType.Name))})");

        Assert.Equal(
            all.Order(StringComparer.Ordinal),
            s_transitions.Values.Select(transition => transition.Of).Distinct().Concat(questions).Order(StringComparer.Ordinal));
    }

    /// <summary>The engine is stopped, and what lies in the inbox is nothing that could be counted.</summary>
    private static Transition DiesUnseen(string of, FactKind kind) => new(of, site =>
    {
        Poison.EngineOf(site.Scheduler).Inbox.Add(new Fact(kind, new PoisonWork()));
        site.System.Stop(site.System.EngineActor());
    })
    {
        Cause = typeof(InvalidCastException),
    };

    /// <param name="Of">The method of the core.</param>
    /// <param name="Begin">What sets it off.</param>
    private sealed record Transition(string Of, Action<FaultSite> Begin)
    {
        /// <summary>What the blocked pipeline does once it is let go.</summary>
        public Action<FaultSite, IPipelineControls>? InRun { get; init; }

        /// <summary>Whose wait breaks it.</summary>
        public Func<FaultSite, WorkHandle> IsWaiting { get; init; } = site => site.Running;

        /// <summary>Whether it looks for waits that have lost their hope. One that does not breaks when the first decision is carried out.</summary>
        public bool LooksAtWaits { get; init; } = true;

        /// <summary>What broke it. None where the engine has died before: nobody waits any more by then, so there is nothing to break it.</summary>
        public Type? Cause { get; init; } = typeof(PoisonException);

        public void Arm(FaultSite site)
        {
            var waiting = IsWaiting(site);
            if (LooksAtWaits)
                Poison.Wait(site.Scheduler, waiting.Work, target: waiting == site.Running ? site.Blocked.Work : site.Running.Work);
            else
                Poison.SlipRefusal(site);
        }
    }
}
