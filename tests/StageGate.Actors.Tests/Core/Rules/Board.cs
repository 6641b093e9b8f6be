using System.Numerics;
using StageGate.Actors.Tests.Core.Model;

namespace StageGate.Actors.Tests.Core.Rules;

/// <summary>
/// All that has been seen of a scheduler up to one moment. It only takes note; whether that is allowed is for the rules to say.
/// </summary>
internal sealed class Board(decimal[] capacities, int pipelineParallelism, int taskParallelism)
{
    private readonly SortedDictionary<long, PipelineSeen> _pipelines = [];
    private readonly SortedDictionary<long, TaskSeen> _tasks = [];

    public BigInteger[] Capacities { get; } = Array.ConvertAll(capacities, Exact.Scaled);

    public int PipelineParallelism { get; } = pipelineParallelism;

    public int TaskParallelism { get; } = taskParallelism;

    /// <summary>In the order of their ids.</summary>
    public IEnumerable<PipelineSeen> Pipelines => _pipelines.Values;

    /// <summary>In the order of their ids.</summary>
    public IEnumerable<TaskSeen> Tasks => _tasks.Values;

    public bool IsShutdownBegun { get; private set; }

    public bool ArePendingCanceled { get; private set; }

    public bool AreAllToldToEnd { get; private set; }

    public bool IsAbandoned { get; private set; }

    public PipelineSeen Pipeline(long id) => _pipelines.TryGetValue(id, out var pipeline) ? pipeline : _pipelines[id] = new(id);

    public TaskSeen Task(long id) => _tasks.TryGetValue(id, out var task) ? task : _tasks[id] = new(id);

    public BigInteger InUse(int resource) =>
        Tasks.Where(task => task.IsHolding).Aggregate(BigInteger.Zero, (sum, task) => sum + task.Demand[resource]);

    /// <summary>Whether there is enough of everything for the task, beside those that hold what they need.</summary>
    public bool Fits(TaskSeen task) => !Capacities.Where((capacity, i) => InUse(i) + task.Demand[i] > capacity).Any();

    public void Note(Happening happening)
    {
        switch (happening)
        {
            case PipelineSubmitted submitted:
                Pipeline(submitted.Pipeline).IsSubmitted = true;
                break;
            case TaskSubmitted submitted:
                Note(submitted);
                break;
            case TaskBegun begun:
                Task(begun.Task).HasBegun = true;
                break;
            // Reports of what does not run, or not any more, are stale.
            case TaskReturned returned when Task(returned.Task).IsHolding:
                Task(returned.Task).Returned = returned.Ending;
                break;
            case PipelineReturned returned when Pipeline(returned.Pipeline).IsRunning:
                Pipeline(returned.Pipeline).Returned = returned.Ending;
                break;
            case TaskCancelAnswered { Answer: true } answered:
                Task(answered.Task).IsCancelAccepted = true;
                break;
            case PipelineCancelAnswered { Answer: true } answered:
                Pipeline(answered.Pipeline).IsCancelAccepted = true;
                break;
            case TerminationAnswered { Answer: true } answered:
                Note(Task(answered.Task));
                break;
            case ShutdownBegun shutdown:
                IsShutdownBegun = true;
                ArePendingCanceled |= shutdown.CancelPendingPipelines;
                break;
            case AllToldToEnd:
                IsShutdownBegun = ArePendingCanceled = AreAllToldToEnd = true;
                break;
            case Abandoned:
                IsShutdownBegun = IsAbandoned = true;
                break;
            default:
                NoteDecision(happening);
                break;
        }
    }

    private void Note(TaskSubmitted submitted)
    {
        var task = Task(submitted.Task);
        task.IsSubmitted = true;
        task.Pipeline = submitted.Pipeline;
        task.Stage = submitted.Stage;
        task.Demand = submitted.Demand;
    }

    private static void Note(TaskSeen terminated)
    {
        terminated.IsTerminationAccepted |= terminated.HasBegun;
        terminated.IsCancelAccepted |= !terminated.HasBegun;
    }

    private void NoteDecision(Happening happening)
    {
        switch (happening)
        {
            case PipelineStarted started:
                Pipeline(started.Pipeline).HasStarted = true;
                Pipeline(started.Pipeline).Slot = started.Slot;
                break;
            case TaskAdmitted admitted:
                Task(admitted.Task).IsAdmitted = true;
                Task(admitted.Task).Slot = admitted.Slot;
                break;
            case TaskToldToEnd told:
                Task(told.Task).IsToldToEnd = true;
                break;
            case PipelineToldToEnd told:
                Pipeline(told.Pipeline).IsToldToEnd = true;
                break;
            case TaskPublished published:
                Task(published.Task).Published = published.State;
                break;
            case PipelinePublished published:
                Pipeline(published.Pipeline).Published = published.State;
                break;
            case DrainedPublished published:
                Pipeline(published.Pipeline).IsDrainedPublished = true;
                break;
        }
    }
}
