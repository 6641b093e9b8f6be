using System.Collections.Concurrent;
using StageGate.Actors.Tests.Core.Model;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Linearizability;

/// <summary>Makes the steps of a history calls of a real scheduler, on any thread.</summary>
internal sealed class Caller(Scheduler scheduler, decimal[] capacities, Recorder recorder)
{
    private static readonly TaskState[] s_taskEndings = [TaskState.Succeeded, TaskState.Failed, TaskState.Terminated];

    private readonly ConcurrentQueue<LivePipeline> _pipelines = new();
    private readonly ConcurrentQueue<LiveTask> _tasks = new();

    public IReadOnlyCollection<LivePipeline> Pipelines => _pipelines;

    public IReadOnlyCollection<LiveTask> Tasks => _tasks;

    /// <summary>A worker begins a task without being asked to, so somebody looks instead.</summary>
    public void Take(Step step)
    {
        switch (step.Kind)
        {
            case StepKind.SubmitPipeline:
                SubmitPipeline();
                break;
            case StepKind.SubmitTask when Choose(_pipelines.Where(pipeline => pipeline.IsBegun), step) is { } pipeline:
                pipeline.Do(controls => SubmitTask(controls, pipeline.Handle, step));
                break;
            case StepKind.AdvanceStage when Choose(_pipelines.Where(pipeline => pipeline.IsBegun), step) is { } pipeline:
                pipeline.Do(controls => recorder.Time(() => Advance(controls), stage => new StageForward(pipeline.Handle.Id, stage)));
                break;
            case StepKind.EndTask when Choose(_tasks.Where(task => task is { IsBegun: true, IsToldToEnd: false }), step) is { } task:
                EndTask(task, s_taskEndings[step.How % s_taskEndings.Length]);
                break;
            case StepKind.EndPipeline when Choose(_pipelines.Where(pipeline => pipeline.IsBegun), step) is { } pipeline:
                EndPipeline(pipeline, step.How % 2 == 0 ? PipelineState.Succeeded : PipelineState.Failed);
                break;
            case StepKind.CancelTask when Choose(_tasks, step) is { Handle: var handle }:
                recorder.Time(handle.Cancel, answer => new CancelTask(handle.Id, answer));
                break;
            case StepKind.CancelPipeline when Choose(_pipelines, step) is { Handle: var handle }:
                recorder.Time(handle.Cancel, answer => new CancelPipeline(handle.Id, answer));
                break;
            case StepKind.RequestTermination when Choose(_tasks, step) is { Handle: var handle }:
                recorder.Time(handle.RequestTermination, answer => new RequestTermination(handle.Id, answer));
                break;
            case StepKind.BeginShutdown:
                var cancelPending = step.How % 2 == 0;
                recorder.Time(() => Done(() => scheduler.Shutdown(cancelPending)), _ => new Shutdown(cancelPending));
                break;
            case StepKind.TerminateAll:
                recorder.Time(() => Done(scheduler.RequestTermination), _ => new RequestTerminationOfAll());
                break;
            case StepKind.BeginTask when step.How % 2 == 0 && Choose(_pipelines, step) is { Handle: var handle }:
                recorder.Time(handle.Snapshot, seen => new LookAtPipeline(seen));
                break;
            case StepKind.BeginTask:
                LookAtAll();
                break;
        }
    }

    public SchedulerSnapshot LookAtAll() => recorder.Time(scheduler.Snapshot, seen => new LookAtAll(seen));

    /// <summary>Lets all go on that waits, also what has not begun.</summary>
    public void EndAll()
    {
        foreach (var pipeline in _pipelines)
            pipeline.TryTellToEnd(PipelineState.Succeeded);
        foreach (var task in _tasks)
            task.TryTellToEnd(TaskState.Succeeded);
    }

    private static T? Choose<T>(IEnumerable<T> candidates, Step step) where T : class
    {
        var all = candidates.ToList();
        return all.Count == 0 ? null : all[step.Which % all.Count];
    }

    private static bool Done(Action call)
    {
        call();
        return true;
    }

    private static int Advance(IPipelineControls controls)
    {
        controls.StageForward();
        return controls.Stage;
    }

    private void SubmitPipeline()
    {
        var pipeline = new LivePipeline(recorder);
        if (pipeline.TrySubmit(scheduler))
            _pipelines.Enqueue(pipeline);
    }

    private void SubmitTask(IPipelineControls controls, PipelineHandle pipeline, Step step)
    {
        int[] choices = [step.Amounts.First, step.Amounts.Second, step.Amounts.Third];
        var amounts = capacities.Select((capacity, i) => AmountGen.Share(capacity, choices[i])).ToArray();
        var needs = amounts.Select((amount, i) => KeyValuePair.Create($"r{i}", amount)).ToDictionary();
        var task = new LiveTask(recorder);
        task.Submit(controls, pipeline, needs, Array.ConvertAll(amounts, Exact.Scaled));
        _tasks.Enqueue(task);
    }

    private void EndTask(LiveTask task, TaskState chosen)
    {
        var begun = recorder.Tick();
        if (!task.TryTellToEnd(chosen))
            return;

        task.Handle.Completion.EndsSomehow();
        var ended = recorder.Tick();
        if (chosen == TaskState.Terminated)
            recorder.Add(new Operation(new TaskThrows(task.Handle.Id, task.Handle.State), begun, ended));
        recorder.Add(new Operation(new TaskEnds(task.Handle.Id, chosen, task.Handle.State), begun, ended));
    }

    private void EndPipeline(LivePipeline pipeline, PipelineState ending)
    {
        var begun = recorder.Tick();
        if (!pipeline.TryTellToEnd(ending))
            return;

        pipeline.Handle.Completion.EndsSomehow();
        recorder.Add(new Operation(new PipelineEnds(pipeline.Handle.Id, pipeline.Handle.State), begun, recorder.Tick()));
    }
}
