using System.Diagnostics;
using StageGate.Actors;
using StageGate.Samples.Archive.Input;
using StageGate.Samples.Archive.Output;
using StageGate.Samples.Archive.Stages;

namespace StageGate.Samples.Archive;

/// <summary>Takes all the files of a tree through the scheduler, once.</summary>
internal sealed class ArchiveRun(ArchiveOptions options, SourceTree tree, SharedState shared)
{
    private static readonly TimeSpan s_refresh = TimeSpan.FromMilliseconds(100);

    private readonly List<Failure> _failures = [];
    private int _ended;

    public RunResult Execute(IProgressView view)
    {
        var watch = Stopwatch.StartNew();
        view.Watch(ToBeDone, Work);
        return new RunResult(
            tree.Files.Count,
            shared.Manifest.Files,
            _failures,
            watch.Elapsed,
            shared.HeldBytes.Peak,
            shared.ReadBytes.Peak,
            shared.FilesUnderWay.Peak,
            shared.Stop.IsCancellationRequested);
    }

    private RunProgress ToBeDone => new(
        shared.UseStages ? "with stages" : "without stages", 0, tree.Files.Count, 0, tree.Files.Sum(file => file.Length), 0);

    /// <summary>On the caller's thread: it waits for pipelines, and in between tells how far they are.</summary>
    private void Work(Action<RunProgress> show)
    {
        // The end of the block closes the scheduler, which waits for whatever still runs.
        using var scheduler = new Scheduler(options.ForScheduler());
        var handles = tree.Files.Select(file => scheduler.RunPipeline(new FilePipeline(file, shared), file.RelativePath)).ToList();

        IReadOnlyCollection<PipelineHandle> pending = handles;
        while (pending.Count > 0)
        {
            var (done, rest) = scheduler.WaitPipelines(pending, s_refresh, ReturnWhen.FirstCompleted);
            foreach (var handle in done)
                Note(handle);
            pending = rest;

            // The pipelines that run end their own tasks; those that have not begun need not begin.
            if (shared.Stop.IsCancellationRequested)
                scheduler.Shutdown(cancelPendingPipelines: true);

            show(ToBeDone with
            {
                FilesDone = _ended,
                BytesDone = shared.BytesChecked.Now,
                BytesHeld = shared.HeldBytes.Now,
            });
        }
    }

    private void Note(PipelineHandle handle)
    {
        // What the user stopped is neither done nor failed: it never began (canceled), or it ended by the exception of a stopped task.
        if (handle.State == PipelineState.Canceled)
            return;

        var exception = handle.GetException();
        if (exception is OperationCanceledException && shared.Stop.IsCancellationRequested)
            return;

        _ended++;
        if (exception is not null)
            _failures.Add(new Failure(handle.Name!, exception.Message));
    }
}
