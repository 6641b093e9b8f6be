using System.Numerics;

namespace StageGate.Actors.Tests.Core.Model;

/// <summary>
/// What a scheduler must do, said as plainly as possible: lists of all work there ever was, searched and sorted anew at every turn.
/// </summary>
internal sealed class SchedulerModel(decimal[] capacities, int pipelineParallelism, int taskParallelism)
{
    private ModelSlots _coordinators = new(pipelineParallelism);
    private ModelSlots _workers = new(taskParallelism);
    private List<string> _decisions = [];

    /// <summary>All pipelines, in the order of submission.</summary>
    public List<ModelPipeline> Pipelines { get; } = [];

    /// <summary>All tasks, in the order of submission.</summary>
    public List<ModelTask> Tasks { get; } = [];

    public bool ShutdownStarted { get; private set; }

    public bool TerminationRequested { get; private set; }

    public bool IsDrained { get; private set; }

    public IEnumerable<ModelTask> Admitted => Tasks.Where(task => task.IsAdmitted).OrderBy(task => task.Slot);

    public bool HasFreeWorker => Admitted.Count() < taskParallelism;

    public IEnumerable<ModelTask> Waiting => Tasks
        .Where(task => task.State == TaskState.Queued)
        .OrderByDescending(task => task.Stage)
        .ThenBy(task => task.Pipeline.Id)
        .ThenBy(task => task.Id);

    public IEnumerable<ModelPipeline> Running =>
        Pipelines.Where(pipeline => pipeline.State == PipelineState.Running).OrderBy(pipeline => pipeline.Slot);

    public IEnumerable<ModelPipeline> Queued => Pipelines.Where(pipeline => pipeline.State == PipelineState.Queued);

    /// <summary>A scheduler in the same state, with nothing decided, to try what happens if.</summary>
    public SchedulerModel Copy()
    {
        var copy = new SchedulerModel(capacities, pipelineParallelism, taskParallelism)
        {
            ShutdownStarted = ShutdownStarted,
            TerminationRequested = TerminationRequested,
            IsDrained = IsDrained,
            _coordinators = _coordinators.Copy(),
            _workers = _workers.Copy(),
        };
        copy.Pipelines.AddRange(Pipelines.Select(pipeline => pipeline.Copy()));
        copy.Tasks.AddRange(Tasks.Select(task => task.CopyFor(copy.Pipelines[(int)task.Pipeline.Id - 1])));
        return copy;
    }

    public List<string> TakeDecisions()
    {
        var decisions = _decisions;
        _decisions = [];
        return decisions;
    }

    public BigInteger InUse(int resource) =>
        Tasks.Where(task => task.IsAdmitted).Aggregate(BigInteger.Zero, (sum, task) => sum + task.Demand[resource]);

    public ModelPipeline SubmitPipeline()
    {
        var pipeline = new ModelPipeline(Pipelines.Count + 1);
        Pipelines.Add(pipeline);
        Settle();
        return pipeline;
    }

    public void SubmitTask(ModelPipeline pipeline, BigInteger[] demand)
    {
        Tasks.Add(new ModelTask(Tasks.Count + 1, pipeline, demand));
        if (TerminationRequested)
            Finish(Tasks[^1], TaskState.Canceled);
        Settle();
    }

    public void End(ModelTask task, TaskState ending)
    {
        if (task.IsAdmitted)
            Finish(task, ending);
        Settle();
    }

    public void End(ModelPipeline pipeline, PipelineState ending)
    {
        if (pipeline.State == PipelineState.Running)
            Finish(pipeline, ending);
        Settle();
    }

    public bool Cancel(ModelTask task)
    {
        if (task.State is not (TaskState.Queued or TaskState.Ready))
            return false;

        Finish(task, TaskState.Canceled);
        Settle();
        return true;
    }

    public bool RequestTermination(ModelTask task)
    {
        if (task.State != TaskState.Running)
            return Cancel(task);

        task.IsTerminationRequested = true;
        _decisions.Add($"terminate task {task.Id}");
        return true;
    }

    public bool Cancel(ModelPipeline? pipeline)
    {
        if (pipeline is not { State: PipelineState.Queued })
            return false;

        Finish(pipeline, PipelineState.Canceled);
        Settle();
        return true;
    }

    public void BeginShutdown(bool cancelPendingPipelines)
    {
        ShutdownStarted = true;
        if (cancelPendingPipelines)
            Queued.ToList().ForEach(pipeline => Finish(pipeline, PipelineState.Canceled));
        Settle();
    }

    public void TerminateAll()
    {
        ShutdownStarted = true;
        TerminationRequested = true;
        Queued.ToList().ForEach(pipeline => Finish(pipeline, PipelineState.Canceled));
        Waiting.ToList().ForEach(task => Finish(task, TaskState.Canceled));
        Admitted.ToList().ForEach(task => RequestTermination(task));
        _decisions.AddRange(Running.Select(pipeline => $"terminate pipeline {pipeline.Id}"));
        Settle();
    }

    public void Abandon()
    {
        ShutdownStarted = true;
        Admitted.Concat(Waiting).ToList().ForEach(task => Finish(task, TaskState.Failed));
        Running.Concat(Queued).ToList().ForEach(pipeline => Finish(pipeline, PipelineState.Failed));
        Settle();
    }

    private void Settle()
    {
        while (Running.Count() < pipelineParallelism && Queued.FirstOrDefault() is { } pipeline)
        {
            pipeline.State = PipelineState.Running;
            pipeline.Slot = _coordinators.Take();
            _decisions.Add($"start pipeline {pipeline.Id} on slot {pipeline.Slot}");
        }

        while (HasFreeWorker && Waiting.FirstOrDefault() is { } task && Fits(task))
        {
            task.State = TaskState.Ready;
            task.Slot = _workers.Take();
            _decisions.Add($"run task {task.Id} on slot {task.Slot}");
        }

        IsDrained = ShutdownStarted && !Pipelines.Any(pipeline => pipeline.IsLive) && !Tasks.Any(task => task.IsLive);
    }

    private bool Fits(ModelTask task) => capacities
        .Select((capacity, resource) => InUse(resource) + task.Demand[resource] <= Exact.Scaled(capacity))
        .All(fits => fits);

    private void Finish(ModelTask task, TaskState ending)
    {
        if (task.IsAdmitted)
            _workers.Free(task.Slot);
        task.State = ending;
        _decisions.Add($"publish task {task.Id} as {ending}");
        PublishIfDrained(task.Pipeline);
    }

    private void Finish(ModelPipeline pipeline, PipelineState ending)
    {
        if (pipeline.State == PipelineState.Running)
            _coordinators.Free(pipeline.Slot);
        pipeline.State = ending;
        _decisions.Add($"publish pipeline {pipeline.Id} as {ending}");
        PublishIfDrained(pipeline);
    }

    private void PublishIfDrained(ModelPipeline pipeline)
    {
        if (!pipeline.IsLive && !Tasks.Any(task => task.Pipeline == pipeline && task.IsLive))
            _decisions.Add($"publish pipeline {pipeline.Id} as drained");
    }
}
