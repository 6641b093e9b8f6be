using StageGate.Actors.Core;

namespace StageGate.Actors.Tests.Core.Model;

internal sealed class FakePipeline(long id, string? name = null) : PipelineEntry(id, name)
{
    public override string ToString() => $"pipeline {Id}";
}

/// <summary>A task whose worker is the test.</summary>
internal sealed class FakeTask : TaskEntry
{
    private bool _revoked;
    private bool _begun;

    public FakeTask(long id, PipelineEntry pipeline, int stage = 0, Demand? demand = null, string? name = null)
        : base(pipeline, stage, demand ?? Demand.None, name) => Id = id;

    public override bool HasBegun => _begun;

    public bool CanBegin => !_begun && !_revoked;

    /// <summary>What a worker does before it calls the callable.</summary>
    public void Begin()
    {
        Assert.True(CanBegin, $"{this} was begun twice, or after it had been taken back.");
        _begun = true;
    }

    public override bool TryRevoke()
    {
        Assert.False(_revoked, $"{this} was taken back twice.");
        return _revoked = !_begun;
    }

    public override string ToString() => $"task {Id}";
}
