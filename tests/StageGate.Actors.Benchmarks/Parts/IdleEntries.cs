using StageGate.Actors.Core;
using StageGate.Actors.Work;

namespace StageGate.Actors.Benchmarks.Parts;

/// <summary>A pipeline that nobody runs.</summary>
internal sealed class IdlePipeline(long id) : PipelineEntry(id, name: null);

/// <summary>A task that nobody runs.</summary>
internal sealed class IdleTask : TaskEntry, IAbandonable
{
    public IdleTask(long id, PipelineEntry pipeline, Demand? demand = null)
        : base(pipeline, stage: 0, demand ?? Demand.None, name: null) =>
        Id = id;

    public override bool HasBegun => false;

    public override bool TryRevoke() => true;

    public void Abandon(Exception? cause)
    {
    }

    public void PublishDrained()
    {
    }
}
