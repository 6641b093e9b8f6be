using StageGate.Actors.Tests.Core.Model;

namespace StageGate.Actors.Tests.Linearizability;

/// <summary>The whole scheduler at one instant.</summary>
internal sealed record LookAtAll(SchedulerSnapshot Seen) : Call
{
    internal override bool IsLook => true;

    public override bool Happens(SchedulerModel model) =>
        Seen.ShutdownStarted == model.ShutdownStarted
        && Seen.Pipelines == Comparison.Counts(model.Pipelines)
        && Seen.Tasks == Comparison.Counts(model.Tasks)
        && Seen.RunningPipelines.Select(pipeline => (pipeline.Id, pipeline.Stage))
            .SequenceEqual(model.Running.OrderBy(pipeline => pipeline.Id).Select(pipeline => (pipeline.Id, pipeline.Stage)))
        && Seen.AdmittedTasks.Select(task => (task.Id, task.IsRunning))
            .SequenceEqual(model.Admitted.OrderBy(task => task.Id).Select(task => (task.Id, task.State == TaskState.Running)))
        && Seen.Resources.Select((usage, i) => Exact.IsRounded(usage.InUse, model.InUse(i))).All(isRight => isRight);

    public override string ToString()
    {
        var running = string.Join(" ", Seen.RunningPipelines.Select(pipeline => $"{pipeline.Id}@{pipeline.Stage}"));
        var admitted = string.Join(" ", Seen.AdmittedTasks.Select(task => $"{task.Id}{(task.IsRunning ? "" : " (ready)")}"));
        var inUse = string.Join(" ", Seen.Resources.Select(usage => $"{usage.InUse}/{usage.Capacity}"));
        var shutdown = Seen.ShutdownStarted ? "shut down; " : "";
        return $"LookAtAll {{ {shutdown}running {running}; admitted {admitted}; in use {inUse}; {Seen.Pipelines}; {Seen.Tasks} }}";
    }
}

/// <summary>One pipeline at one instant.</summary>
internal sealed record LookAtPipeline(PipelineSnapshot Seen) : Call
{
    internal override bool IsLook => true;

    public override bool Happens(SchedulerModel model) =>
        FindPipeline(model, Seen.Id) is var pipeline
        && (Seen.State, Seen.Stage) == (pipeline.State, pipeline.Stage)
        && Seen.Tasks == Comparison.Counts(model.Tasks.Where(task => task.Pipeline == pipeline));
}

/// <summary>The handle of a task, or of a pipeline, while nothing was going on.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">Its state, as its handle says.</param>
/// <param name="IsAskedToEnd">Whether its token is cancelled; <see langword="null"/>: nobody has seen a token.</param>
internal sealed record HandleSeen<TState>(long Id, TState State, bool? IsAskedToEnd);

/// <summary>All handles, while nothing was going on: what they say is not said at one instant.</summary>
internal sealed record LookAtHandles(IReadOnlyList<HandleSeen<PipelineState>> Pipelines, IReadOnlyList<HandleSeen<TaskState>> Tasks) : Call
{
    internal override bool IsLook => true;

    public override bool Happens(SchedulerModel model) =>
        Pipelines.All(seen => IsRight(seen, FindPipeline(model, seen.Id), model)) && Tasks.All(seen => IsRight(seen, FindTask(model, seen.Id)));

    public override string ToString() => $"LookAtHandles {{ {string.Join(", ", Pipelines)}; {string.Join(", ", Tasks)} }}";

    private static bool IsRight(HandleSeen<TaskState> seen, ModelTask task) =>
        seen.State == task.State && (seen.IsAskedToEnd is not { } isAsked || isAsked == task.IsTerminationRequested);

    /// <summary>Those that run when all are asked to end are asked; one that had ended by then is not.</summary>
    private static bool IsRight(HandleSeen<PipelineState> seen, ModelPipeline pipeline, SchedulerModel model) =>
        seen.State == pipeline.State
        && (seen.IsAskedToEnd is not { } isAsked || isAsked == model.TerminationRequested || (!isAsked && !pipeline.IsLive));
}
