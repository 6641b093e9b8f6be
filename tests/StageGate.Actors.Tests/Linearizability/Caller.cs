using System.Collections.Concurrent;
using StageGate.Actors.Tests.Core.Model;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Linearizability;

/// <summary>Makes the steps of a history calls of a real scheduler, or messages to it, on any thread.</summary>
internal sealed class Caller(Scheduler scheduler, decimal[] capacities, Recorder recorder)
{
    private static readonly TaskState[] s_taskEndings = [TaskState.Succeeded, TaskState.Failed, TaskState.Terminated];

    private readonly ConcurrentQueue<LivePipeline> _pipelines = new();
    private readonly ConcurrentQueue<LiveTask> _tasks = new();
    private readonly Requests _calls = Requests.ByCall(scheduler);
    private readonly Requests _messages = Requests.ByMessage(scheduler);

    public IReadOnlyCollection<LivePipeline> Pipelines => _pipelines;

    public IReadOnlyCollection<LiveTask> Tasks => _tasks;

    /// <summary>
    /// Whether the engine may be dying: then it is asked nothing by message, which nobody might answer, and an answer is no promise any more.
    /// </summary>
    public bool IsDying { get; set; }

    /// <summary>A worker begins a task without being asked to, so somebody looks instead.</summary>
    public void Take(Step step)
    {
        var requests = step.How % 4 == 3 && !IsDying ? _messages : _calls;
        switch (step.Kind)
        {
            case StepKind.SubmitPipeline:
                SubmitPipeline(requests, isAsync: step.Which % 2 == 1);
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
                AssertKept(IsKept(handle, recorder.Time(handle.Cancel, answer => new CancelTask(handle.Id, answer))), handle);
                break;
            case StepKind.CancelPipeline when Choose(_pipelines, step) is { Handle: var handle }:
                AssertKept(IsKept(handle, recorder.Time(() => requests.Cancel(handle), answer => new CancelPipeline(handle.Id, answer))), handle);
                break;
            case StepKind.RequestTermination when Choose(_tasks, step) is { Handle: var handle } task:
                var isAccepted = recorder.Time(handle.RequestTermination, answer => new RequestTermination(handle.Id, answer));
                AssertKept(isAccepted ? IsAsked(task) : handle.IsDone, handle);
                break;
            case StepKind.BeginShutdown:
                Shutdown(requests, cancelPending: step.How % 2 == 0);
                break;
            case StepKind.TerminateAll:
                TerminateAll(requests);
                break;
            case StepKind.BeginTask when step.How % 2 == 0 && Choose(_pipelines, step) is { Handle: var handle }:
                recorder.Time(handle.Snapshot, seen => new LookAtPipeline(seen));
                break;
            case StepKind.BeginTask:
                recorder.Time(requests.Snapshot, seen => new LookAtAll(seen));
                break;
        }
    }

    public SchedulerSnapshot LookAtAll() => recorder.Time(scheduler.Snapshot, seen => new LookAtAll(seen));

    /// <summary>Looks at each of the handles, at a moment when nothing is going on.</summary>
    public void LookAtHandles() => recorder.Time(
        () => new LookAtHandles(
            [.. _pipelines.Select(live => new HandleSeen<PipelineState>(live.Handle.Id, live.Handle.State, live.IsAskedToEnd))],
            [.. _tasks.Select(live => new HandleSeen<TaskState>(live.Handle.Id, live.Handle.State, live.IsAskedToEnd))]),
        seen => seen);

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

    private static int Advance(ILiveControls controls)
    {
        controls.StageForward();
        return controls.Stage;
    }

    /// <summary>Canceled work has ended when the call returns; all other work has begun by then, and may end while it is looked at.</summary>
    private static bool IsKept(WorkHandle handle, bool answer) => answer ? handle.IsCanceled : handle.IsRunning || handle.IsDone;

    /// <summary>Its token is cancelled, unless it has ended without one. Whether that of a callable which has not come so far is, is seen later.</summary>
    private static bool IsAsked(LiveTask task) => task.Handle.IsDone || task.IsAskedToEnd != false;

    private void AssertKept(bool isKept, WorkHandle handle) =>
        Assert.True(isKept || IsDying, $"What was answered of {handle} had not been done.");

    private void SubmitPipeline(Requests requests, bool isAsync)
    {
        var pipeline = new LivePipeline(recorder, isAsync);
        if (pipeline.TrySubmit(requests.Submit))
            _pipelines.Enqueue(pipeline);
    }

    private void SubmitTask(ILiveControls controls, PipelineHandle pipeline, Step step)
    {
        int[] choices = [step.Amounts.First, step.Amounts.Second, step.Amounts.Third];
        var amounts = capacities.Select((capacity, i) => AmountGen.Share(capacity, choices[i])).ToArray();
        var needs = amounts.Select((amount, i) => KeyValuePair.Create($"r{i}", amount)).ToDictionary();
        var task = new LiveTask(recorder, isAsync: step.How % 2 == 1);
        try
        {
            task.Submit(controls, pipeline, needs, Array.ConvertAll(amounts, Exact.Scaled));
            _tasks.Enqueue(task);
        }
        catch (SchedulerTerminatedException) when (IsDying)
        {
            // Refused: it has left nothing behind.
        }
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

    private void Shutdown(Requests requests, bool cancelPending)
    {
        PipelineHandle[] known = cancelPending ? [.. _pipelines.Select(live => live.Handle)] : [];
        recorder.Time(() => requests.Shutdown(cancelPending), new Shutdown(cancelPending));
        foreach (var handle in known)
            AssertKept(handle.IsRunning || handle.IsDone, handle);
    }

    private void TerminateAll(Requests requests)
    {
        LivePipeline[] pipelines = [.. _pipelines];
        LiveTask[] tasks = [.. _tasks];
        recorder.Time(requests.RequestTermination, new RequestTerminationOfAll());

        // Whether it runs is looked at first: it may end meanwhile.
        foreach (var live in pipelines)
            AssertKept((live.Handle.IsRunning && live.IsAskedToEnd != false) || live.Handle.IsDone, live.Handle);
        foreach (var live in tasks)
            AssertKept((live.Handle.IsRunning && IsAsked(live)) || live.Handle.IsDone, live.Handle);
    }
}
