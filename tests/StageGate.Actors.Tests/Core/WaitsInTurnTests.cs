using System.Reflection;
using StageGate.Actors.Core;
using StageGate.Actors.Tests.Core.Model;

namespace StageGate.Actors.Tests.Core;

/// <summary>Work that waits for one thing after the other, as in a loop over the handles of pipelines that were submitted before.</summary>
public class WaitsInTurnTests
{
    [Fact]
    public void Of_all_its_waits_the_core_remembers_one()
    {
        var core = new SchedulerCore(new ResourceCapacities([]), pipelineParallelism: 2, taskParallelism: 1);
        var (waiting, working) = (core.Started(1), core.Started(2));

        for (var i = 0; i < 100; i++)
        {
            waiting.BeginWait(new FakeWait(ReturnWhen.AllCompleted, working));
            core.BeginWait(waiting);
            waiting.EndWait();
        }

        Assert.Same(waiting, Assert.Single(Told(core)));
    }

    [Fact]
    public void A_wait_of_which_the_core_hears_twice_is_not_forgotten()
    {
        var core = new SchedulerCore(new ResourceCapacities([]), pipelineParallelism: 2, taskParallelism: 1);
        var (waiting, _) = (core.Started(1), core.Started(2));
        var queued = new FakePipeline(3);
        core.Submit(queued);
        var wait = new FakeWait(ReturnWhen.FirstException, waiting, queued);
        waiting.BeginWait(wait);

        // The first time it hears of a wait that is over by then, and finds this one.
        core.BeginWait(waiting);
        core.BeginWait(waiting);
        Assert.True(core.CancelPipeline(3));

        Assert.NotNull(wait.Refusal);
    }

    private static List<WorkEntry> Told(SchedulerCore core) =>
        (List<WorkEntry>)typeof(SchedulerCore).GetField("_told", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(core)!;
}
