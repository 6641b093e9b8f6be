using StageGate.Actors.Core;

namespace StageGate.Actors.Work;

/// <inheritdoc/>
internal sealed class TaskWork<TResult>(PipelineWork owner, int stage, Demand demand, string? name, TaskBody<TResult> body)
    : TaskWork(owner, stage, demand, name)
{
    private TaskBody<TResult> _body = body;

    /// <summary>
    /// Written by the worker before it reports the end, and read only where the task has succeeded; the report and the state order the two.
    /// </summary>
    public TResult Value { get; private set; } = default!;

    protected override bool UsesToken => _body.UsesToken;

    protected override void Invoke(CancellationToken cancellationToken)
    {
        // Gone where the engine died between the worker's first look and this one; the handle has ended.
        if (TaskBody<TResult>.Read(in _body) is { IsDropped: false } body)
            Value = body.Invoke(cancellationToken);
    }

    protected override void DropBody() => TaskBody<TResult>.Drop(ref _body);
}
