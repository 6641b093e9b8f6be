using StageGate.Actors.Engine;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Faults;

/// <summary>
/// The core breaks off in the middle of a transition of real work: it has moved everything to its new place and decided what follows, and
/// nobody has been told yet.
/// </summary>
public class BrokenTransitionTests
{
    private static readonly Dictionary<string, Action<FaultSite>> s_transitions = new()
    {
        ["a pipeline is submitted"] = site => site.Track(site.Scheduler.Run(_ => 1)),
        ["a pipeline is canceled"] = site => Assert.False(site.Pending.Cancel()),
        ["a pipeline ends"] = site => site.Body.Open(),
        ["a task is submitted"] = site => site.Body.Open(),
        ["a task is canceled"] = site => Assert.False(site.Queued.Cancel()),
        ["a queued task is asked to end"] = site => Assert.False(site.Queued.RequestTermination()),
        ["a task ends"] = site => site.Callable.Open(),
        ["shutdown begins"] = site => site.Scheduler.Shutdown(),
        ["shutdown cancels what is pending"] = site => site.Scheduler.Shutdown(cancelPendingPipelines: true),
        ["all is asked to end"] = site => site.Scheduler.RequestTermination(),
        ["closing begins"] = site => site.Scheduler.CloseAsync(),
        ["a wait begins"] = site =>
        {
            site.Blocked.Work.BeginWait(new PoisonWait(site.Running.Work) { IsArmed = true });
            Poison.EngineOf(site.Scheduler).Post(Fact.WaitBegun((Work.PipelineWork)site.Blocked.Work));
        },
    };

    public static TheoryData<string, string> Transitions => Dispatchers.Each(s_transitions.Keys);

    [Theory]
    [MemberData(nameof(Transitions))]
    public void Whatever_was_on_its_way_ends(string transition, string dispatcher)
    {
        using var site = new FaultSite(dispatcher);
        var submitted = new TaskCompletionSource();
        site.Populate(afterwards: controls =>
        {
            if (transition != "a task is submitted")
                return;
            site.Track(controls.NewTask(() => 1).Run());
            submitted.SetResult();
        });
        if (transition == "a task ends")
            Poison.Wait(site.Scheduler, site.Blocked.Work, target: site.Running.Work);
        else
            Poison.Wait(site.Scheduler, site.Running.Work, target: site.Blocked.Work);

        Bounded.OnOwnThread(() => s_transitions[transition](site)).Ends();

        if (transition == "a task is submitted")
            submitted.Task.Ends();
        site.Pending.Completion.EndsSomehow();
        site.AssertDead();
        Assert.IsType<PoisonException>(site.Pending.GetException()!.InnerException);
    }
}
