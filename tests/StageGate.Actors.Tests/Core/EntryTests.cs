using StageGate.Actors.Tests.Core.Model;

namespace StageGate.Actors.Tests.Core;

/// <summary>What pipelines and tasks tell of themselves.</summary>
public class EntryTests
{
    [Fact]
    public void A_pipeline_that_died_with_its_scheduler_before_the_core_saw_it_has_failed()
    {
        var unseen = new FakePipeline(7, "late");

        Assert.Equal(
            new PipelineSnapshot(7, "late", PipelineState.Failed, 0, new TaskCounts(0, 0, 0, 0, 0, 0, 0)),
            unseen.Snapshot(runningTasks: 0));
        Assert.Equal((false, false, false, -1), (unseen.HasEnded, unseen.IsDrained, unseen.IsQueued, unseen.Slot));
    }

    [Theory]
    [InlineData(PipelineState.Queued, true, false, false)]
    [InlineData(PipelineState.Running, false, false, false)]
    [InlineData(PipelineState.Succeeded, false, true, false)]
    [InlineData(PipelineState.Failed, false, true, true)]
    [InlineData(PipelineState.Canceled, false, true, false)]
    public void A_pipeline_knows_whether_it_waits_has_ended_and_has_failed(PipelineState state, bool isQueued, bool hasEnded, bool hasFailed)
    {
        var pipeline = new FakePipeline(1) { State = state };

        Assert.Equal((isQueued, hasEnded, hasFailed), (pipeline.IsQueued, pipeline.HasEnded, pipeline.HasFailed));
    }

    [Theory]
    [InlineData(null, false, false, false)]
    [InlineData(TaskState.Queued, true, false, false)]
    [InlineData(TaskState.Ready, false, false, false)]
    [InlineData(TaskState.Succeeded, false, true, false)]
    [InlineData(TaskState.Failed, false, true, true)]
    [InlineData(TaskState.Canceled, false, true, false)]
    [InlineData(TaskState.Terminated, false, true, true)]
    public void A_task_knows_whether_it_waits_has_ended_and_has_failed(TaskState? state, bool isQueued, bool hasEnded, bool hasFailed)
    {
        var task = new FakeTask(1, new FakePipeline(1)) { State = state };

        Assert.Equal((isQueued, hasEnded, hasFailed, -1), (task.IsQueued, task.HasEnded, task.HasFailed, task.Slot));
    }
}
