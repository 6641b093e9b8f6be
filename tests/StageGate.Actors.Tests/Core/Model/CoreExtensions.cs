using StageGate.Actors.Core;

namespace StageGate.Actors.Tests.Core.Model;

internal static class CoreExtensions
{
    /// <summary>Takes what was decided, as sentences in the order of the decisions.</summary>
    public static List<string> TakeDecisions(this SchedulerCore core)
    {
        var decisions = new List<string>();
        while (core.TryDecide(out var decision))
            decisions.Add(Describe(decision));
        return decisions;
    }

    public static FakePipeline Started(this SchedulerCore core, long id)
    {
        var pipeline = new FakePipeline(id);
        core.Submit(pipeline);
        Assert.Equal(PipelineState.Running, pipeline.State);
        return pipeline;
    }

    public static FakeTask Submitted(
        this SchedulerCore core, long id, FakePipeline pipeline, int stage = 0, Demand? demand = null)
    {
        var task = new FakeTask(id, pipeline, stage, demand);
        core.Submit(task);
        return task;
    }

    public static string Describe(Decision decision) => decision.Kind switch
    {
        DecisionKind.StartPipeline => $"start {decision.Pipeline} on slot {decision.Pipeline!.Slot}",
        DecisionKind.RunTask => $"run {decision.Task} on slot {decision.Task!.Slot}",
        DecisionKind.TerminateTask => $"terminate {decision.Task}",
        DecisionKind.TerminatePipeline => $"terminate {decision.Pipeline}",
        DecisionKind.PublishTask => $"publish {decision.Task} as {decision.Task!.State}",
        DecisionKind.PublishPipeline => $"publish {decision.Pipeline} as {decision.Pipeline!.State}",
        DecisionKind.PublishDrained => $"publish {decision.Pipeline} as drained",
        DecisionKind.RefuseWait => $"refuse the wait for {decision.Wait!.AnyTarget}",
        _ => decision.Kind.ToString(),
    };
}
