using System.Diagnostics.CodeAnalysis;

namespace StageGate.Actors.Core;

/// <summary>
/// Every decision of a scheduler: which pipeline starts, which task is admitted, what a cancellation achieves, when all is drained.
/// A plain state machine for one thread that knows neither actors nor threads nor clocks: it is told facts and says what follows.
/// </summary>
/// <remarks>
/// Work never drops out of sight: an entry enters its next collection before it leaves the last one, and its end is decided before it
/// leaves them all. So <see cref="LiveTasks"/>, <see cref="LivePipelines"/> and the decisions not taken yet name every entry whose end is
/// not known, even if a transition breaks off in the middle.
/// </remarks>
internal sealed partial class SchedulerCore(ResourceCapacities capacities, int pipelineParallelism, int taskParallelism)
{
    private readonly ResourceLedger _ledger = new(capacities);
    private readonly PipelineQueue _waitingPipelines = new();
    private readonly TaskQueue _waitingTasks = new();
    private readonly Slots<PipelineEntry> _coordinators = new(pipelineParallelism);
    private readonly Slots<TaskEntry> _workers = new(taskParallelism);
    private readonly PipelineTally _pipelines = new();
    private readonly TaskTally _tasks = new();
    private readonly Lifecycle _lifecycle = new();
    private readonly Queue<Decision> _decisions = new();

    /// <summary>Whether shutdown has begun and no work is left.</summary>
    public bool IsDrained => _lifecycle.IsDrained(anyLive: _pipelines.Live + _tasks.Live > 0);

    /// <summary>
    /// Whether there is something to decide about a task as soon as it is submitted: it could be admitted, or it is canceled because all was
    /// asked to end. Otherwise it waits in any case until one that runs has ended.
    /// </summary>
    public bool DecidesAboutTasksAtOnce => _workers.AnyFree || _lifecycle.TerminationRequested;

    /// <summary>Tasks that have not ended, the admitted ones first. One may be named twice if a transition broke off.</summary>
    public IEnumerable<TaskEntry> LiveTasks => _workers.Occupants.Concat(_waitingTasks.InOrder());

    public IEnumerable<TaskEntry> AdmittedTasks => _workers.Occupants;

    /// <summary>Pipelines that have not ended, the running ones first.</summary>
    public IEnumerable<PipelineEntry> LivePipelines => _coordinators.Occupants.Concat(_waitingPipelines.InOrder());

    /// <summary>Takes the next thing to do; what is decided first is done first.</summary>
    public bool TryDecide(out Decision decision) => _decisions.TryDequeue(out decision);

    public void Submit(PipelineEntry pipeline)
    {
        LineUp(pipeline);
        Pump();
    }

    public void Submit(TaskEntry task)
    {
        LineUp(task);
        if (_lifecycle.TerminationRequested)
            Finish(task, TaskState.Canceled);
        Pump();
        LookAgain(task);
    }

    /// <summary>It stands in line and is counted. By itself that decides nothing, which is all that a dying engine does with it.</summary>
    public void LineUp(PipelineEntry pipeline)
    {
        _waitingPipelines.Enqueue(pipeline);
        Move(pipeline, PipelineState.Queued);
    }

    /// <inheritdoc cref="LineUp(PipelineEntry)"/>
    public void LineUp(TaskEntry task)
    {
        _waitingTasks.Enqueue(task);
        Move(task, TaskState.Queued);
    }

    /// <summary>Only tasks that are submitted from now on have the new stage, so nothing can start now that could not before.</summary>
    public static void AdvanceStage(PipelineEntry pipeline, int stage) => pipeline.Stage = stage;

    /// <summary>The <c>Run()</c> of a pipeline has ended. A second report of the same end is dropped.</summary>
    public void End(PipelineEntry pipeline, PipelineState ending)
    {
        if (pipeline.State != PipelineState.Running)
            return;

        Finish(pipeline, ending);
        Pump();
    }

    /// <summary>The callable of a task has ended. A report about a task that holds no slot any more is stale, and dropped.</summary>
    public void End(TaskEntry task, TaskState ending)
    {
        if (task.State != TaskState.Ready)
            return;

        Finish(task, ending);
        Pump();
    }

    public bool CancelPipeline(long id)
    {
        if (!_waitingPipelines.TryGet(id, out var pipeline))
            return false;

        Finish(pipeline, PipelineState.Canceled);
        Pump();
        return true;
    }

    /// <summary>True: the callable never runs, and what the task held is free. False: it has begun, or it has ended.</summary>
    public bool Cancel(TaskEntry task)
    {
        var canCancel = task.State == TaskState.Queued || (task.State == TaskState.Ready && task.TryRevoke());
        if (!canCancel)
            return false;

        Finish(task, TaskState.Canceled);
        Pump();
        return true;
    }

    /// <summary>Cancels what has not begun, and signals what runs. False: the task has ended.</summary>
    public bool RequestTermination(TaskEntry task)
    {
        if (Cancel(task))
            return true;
        if (task.State != TaskState.Ready)
            return false;

        _decisions.Enqueue(new Decision(DecisionKind.TerminateTask, task));
        return true;
    }

    /// <summary>Shuts down, cancels all that has not begun, and signals what runs. Tasks that come later are canceled at once.</summary>
    public void RequestTermination()
    {
        _lifecycle.RequestTermination();
        CancelWaitingPipelines();

        // The waiting ones first, and without a pump in between: none of them takes the place of an admitted one that is taken back.
        while (_waitingTasks.Head is { } task)
            Finish(task, TaskState.Canceled);
        foreach (var task in _workers.Occupants.ToArray())
            RequestTermination(task);
        foreach (var pipeline in _coordinators.Occupants)
            _decisions.Enqueue(new Decision(DecisionKind.TerminatePipeline, pipeline));
        Pump();
    }

    public void BeginShutdown(bool cancelPendingPipelines)
    {
        _lifecycle.BeginShutdown();
        if (cancelPendingPipelines)
            CancelWaitingPipelines();
        Pump();
    }

    /// <summary>
    /// Starts and admits all that may start now. It ends every transition, because any of them can have changed the head of a queue;
    /// a canceled head lets the next task through at once.
    /// </summary>
    private void Pump()
    {
        while (_coordinators.AnyFree && _waitingPipelines.Head is { } pipeline)
        {
            pipeline.Slot = _coordinators.Take(pipeline);
            _waitingPipelines.Remove(pipeline);
            Move(pipeline, PipelineState.Running);
            _decisions.Enqueue(new Decision(DecisionKind.StartPipeline, pipeline));
        }

        // Head of line: where the first task does not fit, nobody overtakes it.
        while (_workers.AnyFree && TryGetAdmissible(out var task))
        {
            _ledger.Reserve(task);
            task.Slot = _workers.Take(task);
            _waitingTasks.Remove(task);
            Move(task, TaskState.Ready);
            _decisions.Enqueue(new Decision(DecisionKind.RunTask, task));
        }

        LookAgain();
        AssertInvariants();
    }

    private void CancelWaitingPipelines()
    {
        while (_waitingPipelines.Head is { } pipeline)
            Finish(pipeline, PipelineState.Canceled);
    }

    private bool TryGetAdmissible([NotNullWhen(true)] out TaskEntry? task)
    {
        task = _waitingTasks.Head;
        return task is not null && _ledger.Fits(task.Demand);
    }

    /// <summary>
    /// Decides that the end is to be made known, and frees all that the task holds. Decisions are carried out after the transition, so
    /// whoever sees the end finds it free.
    /// </summary>
    private void Finish(TaskEntry task, TaskState ending)
    {
        _decisions.Enqueue(new Decision(DecisionKind.PublishTask, task));
        _ledger.Release(task);
        if (task.State == TaskState.Ready)
            _workers.Leave(task.Slot, task);
        if (task.Queue is not null)
            _waitingTasks.Remove(task);
        Move(task, ending);
        ForgetWaiter(task);
        DecideDrained(task.Pipeline);
    }

    private void Finish(PipelineEntry pipeline, PipelineState ending)
    {
        _decisions.Enqueue(new Decision(DecisionKind.PublishPipeline, pipeline));
        if (pipeline.State == PipelineState.Running)
            _coordinators.Leave(pipeline.Slot, pipeline);
        _waitingPipelines.Remove(pipeline);
        Move(pipeline, ending);
        ForgetWaiter(pipeline);
        DecideDrained(pipeline);
    }

    /// <summary>A pipeline that has ended gets no more tasks, so this comes true once.</summary>
    private void DecideDrained(PipelineEntry pipeline)
    {
        if (pipeline.IsDrained)
            _decisions.Enqueue(new Decision(DecisionKind.PublishDrained, pipeline));
    }

    private void Move(TaskEntry task, TaskState to)
    {
        _tasks.Move(task.State, to);
        task.Pipeline.Tasks.Move(task.State, to);
        task.State = to;
    }

    private void Move(PipelineEntry pipeline, PipelineState to)
    {
        _pipelines.Move(pipeline.State, to);
        pipeline.State = to;
    }
}
