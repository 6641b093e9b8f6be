using StageGate.Actors.Completions;
using StageGate.Actors.Core;
using StageGate.Actors.Work;

namespace StageGate.Actors;

/// <summary>One submitted task. This type stands for a task without a result, and for tasks of any kind in a mixed set.</summary>
public class TaskHandle : WorkHandle
{
    private readonly TaskWork _task;

    internal TaskHandle(TaskWork task) => _task = task;

    /// <summary>Where the task is on its way. Never blocks.</summary>
    public TaskState State => Progress.State;

    internal PipelineWork Pipeline => _task.Owner;

    internal sealed override WorkEntry Work => _task;

    internal sealed override ref Completion Progress => ref _task.Progress;

    private protected sealed override string Kind => "task";

    private protected sealed override string StateText => State.ToString();

    /// <inheritdoc/>
    public sealed override bool Cancel() => _task.Cancel();

    /// <summary>
    /// Asks the task to end. One that has not begun is canceled. One that runs has its <see cref="CancellationToken"/> cancelled, and the
    /// request stands: it ends as <see cref="TaskState.Terminated"/> if it then throws an <see cref="OperationCanceledException"/>, and
    /// otherwise as it ends. Nothing is killed.
    /// </summary>
    /// <returns><see langword="true"/> where the request was taken, also a repeated one; <see langword="false"/> where the task has ended.</returns>
    public bool RequestTermination() => _task.RequestTermination();

    private protected override CompletionTask MakeTask() => new CompletionTask<ValueTuple>(
        this,
        () =>
        {
            ThrowUnlessSucceeded();
            return default;
        });
}
