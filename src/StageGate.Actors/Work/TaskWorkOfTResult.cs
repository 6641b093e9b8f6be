using StageGate.Actors.Completions;
using StageGate.Actors.Core;

namespace StageGate.Actors.Work;

/// <inheritdoc/>
internal sealed class TaskWork<TResult>(PipelineWork owner, int stage, Demand demand, string? name, TaskBody<TResult> body)
    : TaskWork(owner, stage, demand, name, new WorkCompletion<TResult>())
{
    private TaskBody<TResult>? _body = body;

    protected override bool UsesToken => _body?.UsesToken ?? false;

    protected override void Invoke(CancellationToken cancellationToken)
    {
        // Gone where the engine died between the worker's first look and this one; the handle has ended.
        if (Volatile.Read(ref _body) is { } body)
            ((WorkCompletion<TResult>)Progress).Value = body.Invoke(cancellationToken);
    }

    protected override void DropBody() => Volatile.Write(ref _body, null);
}
