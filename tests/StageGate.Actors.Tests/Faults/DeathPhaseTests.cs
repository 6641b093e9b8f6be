using StageGate.Actors.Tests.Engine;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Faults;

/// <summary>Every way for the engine to die, in every phase of a scheduler's life.</summary>
public class DeathPhaseTests
{
    private static readonly Dictionary<string, Action<FaultSite>> s_phases = new()
    {
        ["before anything was asked"] = _ => { },
        ["with work in every state"] = site => site.Populate(),
        ["when all work has ended"] = site =>
            site.Track(site.Scheduler.Run(c => c.NewTask(() => 1).Run().GetResult(Limits.Wait))).GetResult(),
        ["while it is shut down with nothing to do"] = site => site.Scheduler.Shutdown(),
        ["while it shuts down"] = site => site.Populate().Scheduler.Shutdown(),
        ["while it shuts down and has canceled what was pending"] = site =>
            site.Populate().Scheduler.Shutdown(cancelPendingPipelines: true),
        ["while all is asked to end"] = site => site.Populate().Scheduler.RequestTermination(),
        ["while it is being closed"] = site => _ = site.Populate().Scheduler.CloseAsync(),
        ["while it has somebody who listens"] = site =>
        {
            new Correspondent(site.System).Subscribe(site.Scheduler);
            site.Populate();
        },
    };

    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var death in Deaths.Ways)
            {
                foreach (var phase in s_phases.Keys)
                    data.Add(death, phase);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Nothing_is_left_and_the_next_one_is_unharmed(string death, string phase)
    {
        using var site = new FaultSite();
        s_phases[phase](site);

        site.System.Die(death);

        site.AssertGone(systemToo: Deaths.TakesTheSystem(death));
    }

    [Fact]
    public void A_system_that_ends_after_the_close_changes_nothing()
    {
        using var site = new FaultSite();
        var pipeline = site.Track(site.Scheduler.Run(_ => 7));
        site.Scheduler.Close();
        var last = site.Scheduler.Snapshot();

        site.System.Terminate().EndsSomehow();

        Assert.Equal(7, pipeline.GetResult());
        Assert.Equal(last.Pipelines, site.Scheduler.Snapshot().Pipelines);
        Assert.IsType<InvalidOperationException>(Record.Exception(() => site.Scheduler.Run(_ => 1)));
        site.AssertGone(systemToo: true);
    }
}
