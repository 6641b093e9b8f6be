using System.Numerics;
using StageGate.Actors.Tests.Core.Model;

namespace StageGate.Actors.Tests.Linearizability;

/// <param name="Id">Its id; <see langword="null"/>: refused.</param>
internal sealed record SubmitPipeline(long? Id) : Call
{
    public override bool Happens(SchedulerModel model) =>
        model.ShutdownStarted ? Id is null : model.SubmitPipeline().Id == Id;
}

internal sealed record SubmitTask(long Pipeline, long Id, BigInteger[] Demand) : Call
{
    public override bool Happens(SchedulerModel model)
    {
        if (FindPipeline(model, Pipeline) is not { State: PipelineState.Running } pipeline)
            return false;

        model.SubmitTask(pipeline, Demand);
        return model.Tasks.Count == Id;
    }

    public override string ToString() => $"SubmitTask {{ Pipeline = {Pipeline}, Id = {Id}, Demand = {string.Join(" ", Demand)} }}";
}

/// <param name="Pipeline">The id of the pipeline.</param>
/// <param name="Stage">The stage that it came to.</param>
internal sealed record StageForward(long Pipeline, int Stage) : Call
{
    public override bool Happens(SchedulerModel model) =>
        FindPipeline(model, Pipeline) is { State: PipelineState.Running } pipeline && ++pipeline.Stage == Stage;
}

/// <summary>Its <c>Run()</c> was entered: it has started before.</summary>
internal sealed record PipelineBegins(long Pipeline) : Call
{
    internal override bool IsLook => true;

    public override bool Happens(SchedulerModel model) => FindPipeline(model, Pipeline).State == PipelineState.Running;
}

internal sealed record PipelineEnds(long Pipeline, PipelineState Ending) : Call
{
    public override bool Happens(SchedulerModel model)
    {
        if (FindPipeline(model, Pipeline) is not { State: PipelineState.Running } pipeline)
            return false;

        model.End(pipeline, Ending);
        return true;
    }
}

/// <summary>A worker begins the callable, some time before its first line.</summary>
internal sealed record TaskBegins(long Task) : Call
{
    public override bool Happens(SchedulerModel model)
    {
        var task = FindTask(model, Task);
        if (task.State != TaskState.Ready)
            return false;

        task.State = TaskState.Running;
        return true;
    }
}

/// <summary>
/// The callable has thrown for its cancellation. Whether it was asked to is looked at now; the scheduler hears of it later.
/// </summary>
internal sealed record TaskThrows(long Task, TaskState Ending) : Call
{
    public override bool Happens(SchedulerModel model)
    {
        var task = FindTask(model, Task);
        if (task.State != TaskState.Running || task.HasThrown)
            return false;

        task.HasThrown = true;
        return Ending == (task.IsTerminationRequested ? TaskState.Terminated : TaskState.Failed);
    }
}

/// <param name="Task">The id of the task.</param>
/// <param name="Chosen">How its callable was told to end; <see cref="TaskState.Terminated"/>: to throw for its cancellation.</param>
/// <param name="Ending">How its handle has ended.</param>
internal sealed record TaskEnds(long Task, TaskState Chosen, TaskState Ending) : Call
{
    public override bool Happens(SchedulerModel model)
    {
        var task = FindTask(model, Task);
        var isRight = Chosen == TaskState.Terminated ? task.HasThrown : Ending == Chosen;
        if (task.State != TaskState.Running || !isRight)
            return false;

        model.End(task, Ending);
        return true;
    }
}

internal sealed record CancelTask(long Task, bool Answer) : Call
{
    internal override bool IsLook => !Answer;

    public override bool Happens(SchedulerModel model) => model.Cancel(FindTask(model, Task)) == Answer;
}

internal sealed record CancelPipeline(long Pipeline, bool Answer) : Call
{
    internal override bool IsLook => !Answer;

    public override bool Happens(SchedulerModel model) => model.Cancel(FindPipeline(model, Pipeline)) == Answer;
}

internal sealed record RequestTermination(long Task, bool Answer) : Call
{
    internal override bool IsLook => !Answer;

    public override bool Happens(SchedulerModel model) => model.RequestTermination(FindTask(model, Task)) == Answer;
}

internal sealed record Shutdown(bool CancelPendingPipelines) : Call
{
    public override bool Happens(SchedulerModel model)
    {
        model.BeginShutdown(CancelPendingPipelines);
        return true;
    }
}

internal sealed record RequestTerminationOfAll : Call
{
    public override bool Happens(SchedulerModel model)
    {
        model.TerminateAll();
        return true;
    }
}
