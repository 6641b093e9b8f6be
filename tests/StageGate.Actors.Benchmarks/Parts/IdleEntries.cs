using StageGate.Actors.Core;
using StageGate.Actors.Work;

namespace StageGate.Actors.Benchmarks.Parts;

/// <summary>A pipeline that nobody runs.</summary>
internal sealed class IdlePipeline(long id) : PipelineEntry(id, name: null);

/// <summary>A task that nobody runs.</summary>
internal sealed class IdleTask(long id, PipelineEntry pipeline) : TaskEntry(id, pipeline, stage: 0, Demand.None), IAbandonable
{
    public override string? Name => null;

    public override bool HasBegun => false;

    public override bool TryRevoke() => true;

    public void Abandon(Exception? cause)
    {
    }
}
