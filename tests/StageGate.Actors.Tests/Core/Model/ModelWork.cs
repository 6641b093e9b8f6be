using System.Numerics;

namespace StageGate.Actors.Tests.Core.Model;

internal sealed class ModelPipeline(long id)
{
    public long Id { get; } = id;

    public PipelineState State { get; set; } = PipelineState.Queued;

    public int Stage { get; set; }

    public int Slot { get; set; } = -1;

    public bool IsLive => State is PipelineState.Queued or PipelineState.Running;

    public ModelPipeline Copy() => (ModelPipeline)MemberwiseClone();
}

/// <param name="id">Its id.</param>
/// <param name="pipeline">Its pipeline.</param>
/// <param name="demand">What it needs of each resource, by the index of the resource; see <see cref="Exact"/>.</param>
internal sealed class ModelTask(long id, ModelPipeline pipeline, BigInteger[] demand)
{
    public long Id { get; } = id;

    public ModelPipeline Pipeline { get; private set; } = pipeline;

    public int Stage { get; } = pipeline.Stage;

    public BigInteger[] Demand { get; } = demand;

    /// <summary>Queued, Ready (admitted), Running (begun), or ended.</summary>
    public TaskState State { get; set; } = TaskState.Queued;

    public int Slot { get; set; } = -1;

    /// <summary>Whether it was asked to end while it ran.</summary>
    public bool IsTerminationRequested { get; set; }

    /// <summary>Whether it has thrown for its cancellation, where that is looked at apart from its end.</summary>
    public bool HasThrown { get; set; }

    public bool IsAdmitted => State is TaskState.Ready or TaskState.Running;

    public bool IsLive => State is TaskState.Queued or TaskState.Ready or TaskState.Running;

    public ModelTask CopyFor(ModelPipeline pipeline)
    {
        var copy = (ModelTask)MemberwiseClone();
        copy.Pipeline = pipeline;
        return copy;
    }
}
