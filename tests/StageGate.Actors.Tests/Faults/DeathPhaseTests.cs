using StageGate.Actors.Tests.Engine;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Faults;

/// <summary>Every way for the engine to die, in every phase of a scheduler's life.</summary>
public class DeathPhaseTests
{
    private static readonly Dictionary<string, Phase> s_phases = new()
    {
        ["before anything was asked"] = new(_ => { }),
        ["with work in every state"] = new(site => site.Populate()),
        ["when all work has ended"] = new(site =>
            site.Track(site.Scheduler.Run(c => site.Track(c.NewTask(() => 1).Run()).GetResult(Limits.Wait))).GetResult())
        {
            HasEnded = true,
        },
        ["while it is shut down with nothing to do"] = new(site => site.Scheduler.Shutdown()),
        ["while it shuts down"] = new(site => site.Populate().Scheduler.Shutdown()),
        ["while it shuts down and has canceled what was pending"] = new(site =>
            site.Populate().Scheduler.Shutdown(cancelPendingPipelines: true))
        {
            Canceled = site => [site.Pending],
        },
        ["while all is asked to end"] = new(site => site.Populate().Scheduler.RequestTermination())
        {
            Canceled = site => [site.Pending, site.Queued],
        },
        ["while it is being closed"] = new(site => _ = site.Populate().Scheduler.CloseAsync()),
        ["while it has somebody who listens"] = new(site =>
        {
            new Correspondent(site.System).Subscribe(site.Scheduler);
            site.Populate();
        }),
    };

    public static TheoryData<string, string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var death in Deaths.Ways)
            {
                foreach (var phase in s_phases.Keys)
                {
                    data.Add(death, phase, Dispatchers.Inline);
                    data.Add(death, phase, Dispatchers.Pinned);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    [Guarantee("D1", "D4", "D8", "L1", "V5")]
    public void Each_handle_ends_in_its_way_nothing_is_left_and_the_next_one_is_unharmed(string death, string name, string dispatcher)
    {
        using var site = new FaultSite(dispatcher);
        var phase = s_phases[name];
        phase.Enter(site);

        // So that nothing is on its way any more, and the last snapshot counts it all.
        site.Scheduler.Snapshot();

        site.System.Die(death);

        (WorkHandle Handle, string Ending)[] endings = [.. site.Handles.Select(handle => (handle, phase.EndingOf(site, handle)))];
        Assert.All(endings, expected => Assert.Equal(expected.Ending, EndingOf(expected.Handle)));
        site.AssertGone(systemToo: Deaths.TakesTheSystem(death));
        Assert.All(endings, expected => Assert.Equal(expected.Ending, EndingOf(expected.Handle)));
        var last = site.Scheduler.Snapshot();
        Assert.Equal(
            (Count<PipelineHandle>("Succeeded"), Count<PipelineHandle>("Failed"), Count<PipelineHandle>("Canceled")),
            (last.Pipelines.Succeeded, last.Pipelines.Failed, last.Pipelines.Canceled));
        Assert.Equal(
            (Count<TaskHandle>("Succeeded"), Count<TaskHandle>("Failed"), Count<TaskHandle>("Canceled"), 0),
            (last.Tasks.Succeeded, last.Tasks.Failed, last.Tasks.Canceled, last.Tasks.Terminated));
        var cpu = Assert.Single(last.Resources);
        Assert.Equal(("cpu", 2m, 0m), (cpu.Label, cpu.Capacity, cpu.InUse));

        long Count<THandle>(string state) => endings.LongCount(
            ending => ending.Handle is THandle && ending.Ending.StartsWith(state, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Dispatchers.Inline)]
    [InlineData(Dispatchers.Pinned)]
    [Guarantee("K7", "D7")]
    public void A_system_that_ends_after_the_close_changes_nothing(string dispatcher)
    {
        using var site = new FaultSite(dispatcher);
        var pipeline = site.Track(site.Scheduler.Run(_ => 7));
        site.Scheduler.Close();
        var last = site.Scheduler.Snapshot();

        site.System.Terminate().EndsSomehow();

        Assert.Equal(7, pipeline.GetResult());
        Assert.Equal(last.Pipelines, site.Scheduler.Snapshot().Pipelines);
        Assert.IsType<InvalidOperationException>(Record.Exception(() => site.Scheduler.Run(_ => 1)));
        site.AssertGone(systemToo: true);
    }

    /// <summary>Waits for the end, and tells how it was.</summary>
    private static string EndingOf(WorkHandle handle)
    {
        var thrown = Record.Exception(() => handle.GetResult(Limits.Wait));
        return $"{(handle is TaskHandle task ? task.State : ((PipelineHandle)handle).State)} {thrown?.GetType().Name}";
    }

    private sealed record Phase(Action<FaultSite> Enter)
    {
        /// <summary>What has been canceled before the death.</summary>
        public Func<FaultSite, WorkHandle[]> Canceled { get; init; } = _ => [];

        /// <summary>Whether all work has ended before the death.</summary>
        public bool HasEnded { get; init; }

        public string EndingOf(FaultSite site, WorkHandle handle)
        {
            if (HasEnded)
                return "Succeeded ";
            return Canceled(site).Contains(handle) ? "Canceled WorkCanceledException" : "Failed SchedulerTerminatedException";
        }
    }
}
