using StageGate.Actors.Core;
using StageGate.Actors.Tests.Core.Model;

namespace StageGate.Actors.Tests.Core;

/// <summary>What the core has to do about a task that comes in while all workers are busy.</summary>
public class TaskArrivalTests
{
    private readonly ResourceCapacities _resources = new([KeyValuePair.Create("cpu", 1m)]);

    [Fact]
    public void There_is_something_to_decide_at_once_while_a_worker_is_free()
    {
        var core = new SchedulerCore(_resources, pipelineParallelism: 1, taskParallelism: 1);
        var pipeline = core.Started(1);
        Assert.True(core.DecidesAboutTasksAtOnce);

        var task = core.Submitted(1, pipeline);
        Assert.False(core.DecidesAboutTasksAtOnce);

        core.End(task, TaskState.Succeeded);
        Assert.True(core.DecidesAboutTasksAtOnce);
    }

    [Fact]
    public void So_there_is_once_all_was_asked_to_end_though_no_worker_is_free()
    {
        var core = new SchedulerCore(_resources, pipelineParallelism: 1, taskParallelism: 1);
        core.Submitted(1, core.Started(1)).Begin();
        Assert.False(core.DecidesAboutTasksAtOnce);

        core.RequestTermination();

        Assert.True(core.DecidesAboutTasksAtOnce);
    }

    [Fact]
    public void One_that_stands_ahead_of_what_somebody_waits_for_and_wants_what_he_holds_makes_the_wait_hopeless()
    {
        var core = new SchedulerCore(_resources, pipelineParallelism: 1, taskParallelism: 2);
        var pipeline = core.Started(1);
        var cpu = _resources.Resolve([KeyValuePair.Create("cpu", 1m)]);
        var holder = core.Submitted(1, pipeline, demand: cpu);
        core.Submitted(2, pipeline);
        var awaited = core.Submitted(3, pipeline);
        var wait = new FakeWait(ReturnWhen.AllCompleted, awaited);
        holder.BeginWait(wait);
        core.BeginWait(holder);
        Assert.Null(wait.Refusal);

        SchedulerCore.AdvanceStage(pipeline, 1);
        core.Submitted(4, pipeline, stage: 1, cpu);

        Assert.NotNull(wait.Refusal);
    }
}
