using System.Diagnostics.CodeAnalysis;

namespace StageGate.Actors.Core;

/// <summary>The pipelines that wait for their turn, first in, first out; any of them can leave in O(1).</summary>
internal sealed class PipelineQueue
{
    private readonly LinkedList<PipelineEntry> _waiting = [];
    private readonly Dictionary<long, LinkedListNode<PipelineEntry>> _byId = [];

    public PipelineEntry? Head => _waiting.First?.Value;

    public int Count => _waiting.Count;

    public void Enqueue(PipelineEntry pipeline) => _byId.Add(pipeline.Id, _waiting.AddLast(pipeline));

    public void Remove(PipelineEntry pipeline)
    {
        if (_byId.Remove(pipeline.Id, out var node))
            _waiting.Remove(node);
    }

    public bool TryGet(long id, [NotNullWhen(true)] out PipelineEntry? pipeline)
    {
        pipeline = _byId.TryGetValue(id, out var node) ? node.Value : null;
        return pipeline is not null;
    }

    public IEnumerable<PipelineEntry> InOrder() => _waiting;
}
