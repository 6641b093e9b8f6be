using StageGate.Actors.Tests.Core.Model;

namespace StageGate.Actors.Tests.Linearizability;

/// <summary>Something that was asked of a scheduler, or that happened in it, with what was seen of it.</summary>
internal abstract record Call
{
    /// <summary>These stand for what has not been submitted: nothing can be done with it.</summary>
    private static readonly ModelPipeline s_noPipeline = new(0) { State = PipelineState.Canceled };

    private static readonly ModelTask s_noTask = new(0, s_noPipeline, []) { State = TaskState.Canceled };

    /// <summary>Whether it leaves the scheduler as it is, so that nothing is lost by taking it as early as it is right.</summary>
    internal virtual bool IsLook => false;

    /// <summary>Lets it happen to the model.</summary>
    /// <returns>Whether the model does and answers what was seen. If not, the model is of no use any more.</returns>
    public abstract bool Happens(SchedulerModel model);

    protected static ModelPipeline FindPipeline(SchedulerModel model, long id) =>
        model.Pipelines.Find(pipeline => pipeline.Id == id) ?? s_noPipeline;

    protected static ModelTask FindTask(SchedulerModel model, long id) => model.Tasks.Find(task => task.Id == id) ?? s_noTask;
}

/// <summary>A call with the time in which it took effect, at some moment: when it began and when it had ended.</summary>
internal sealed record Operation(Call Call, long Begun, long Ended)
{
    public override string ToString() => $"{Begun,5} - {Ended,5}  {Call}";
}
