using StageGate.Actors.Completions;
using StageGate.Actors.Core;
using StageGate.Actors.Work;

namespace StageGate.Actors;

/// <summary>
/// One submitted pipeline. This type stands for a pipeline without a result, and for pipelines of any kind in a mixed set.
/// </summary>
public class PipelineHandle : WorkHandle
{
    private readonly PipelineWork _pipeline;
    private CompletionTask? _drained;

    internal PipelineHandle(PipelineWork pipeline, Outcome outcome)
    {
        _pipeline = pipeline;
        Outcome = outcome;
    }

    /// <summary>Where the pipeline is on its way. Never blocks.</summary>
    public PipelineState State => Progress.State.ToPipelineState();

    /// <summary>
    /// A task that succeeds once the pipeline and all tasks that it submitted have ended, in whatever way; also those that nobody waited for
    /// and that were still open when <c>Run()</c> returned. It never fails, and it ends too when the scheduler dies.
    /// </summary>
    public Task Drained => (Volatile.Read(ref _drained) ?? CompletionTask.Keep(ref _drained, MakeDrained())).Task;

    internal object Scheduler => _pipeline.Engine;

    internal sealed override WorkEntry Work => _pipeline;

    internal sealed override ref Completion Progress => ref Outcome.Progress;

    private protected Outcome Outcome { get; }

    private protected sealed override string Kind => "pipeline";

    private protected sealed override string StateText => State.ToString();

    /// <inheritdoc/>
    public sealed override bool Cancel() => _pipeline.Cancel();

    /// <summary>The pipeline and its tasks at one consistent instant. Never waits for user code.</summary>
    /// <returns>A value that does not change.</returns>
    public PipelineSnapshot Snapshot() => _pipeline.TakeSnapshot();

    private protected override CompletionTask MakeTask() => new CompletionTask<ValueTuple>(
        this,
        () =>
        {
            ThrowUnlessSucceeded();
            return default;
        });

    private CompletionTask<ValueTuple> MakeDrained() => new(_pipeline.Drained, static () => default);
}
