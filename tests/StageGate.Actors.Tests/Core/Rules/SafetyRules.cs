using StageGate.Actors.Tests.Core.Model;

namespace StageGate.Actors.Tests.Core.Rules;

/// <summary>What must never happen, at any moment.</summary>
internal static class SafetyRules
{
    public static readonly Rule Capacity = new(
        "Never is more of a resource in use than there is.",
        (board, next) => next is TaskAdmitted { Task: var id } && !board.Fits(board.Task(id)));

    public static readonly Rule Workers = new(
        "Never are more tasks admitted than TaskParallelism, nor one to a slot beyond it.",
        (board, next) => next is TaskAdmitted { Slot: var slot }
            && (board.Tasks.Count(task => task.IsHolding) >= board.TaskParallelism || slot < 0 || slot >= board.TaskParallelism));

    public static readonly Rule Coordinators = new(
        "Never do more pipelines run than PipelineParallelism, nor one on a slot beyond it.",
        (board, next) => next is PipelineStarted { Slot: var slot }
            && (board.Pipelines.Count(p => p.IsRunning) >= board.PipelineParallelism || slot < 0 || slot >= board.PipelineParallelism));

    public static readonly Rule Slots = new(
        "Never do two have the same slot.",
        (board, next) => next switch
        {
            TaskAdmitted { Slot: var slot } => board.Tasks.Any(task => task.IsHolding && task.Slot == slot),
            PipelineStarted { Slot: var slot } => board.Pipelines.Any(pipeline => pipeline.IsRunning && pipeline.Slot == slot),
            _ => false,
        });

    public static readonly Rule NoOvertaking = new(
        "Never is a task admitted before a waiting one that is ahead of it.",
        (board, next) => next is TaskAdmitted { Task: var id }
            && board.Tasks.Any(task => task.IsQueued && task.IsAheadOf(board.Task(id))));

    public static readonly Rule FirstInFirstOut = new(
        "Never does a pipeline start before an older one that waits.",
        (board, next) => next is PipelineStarted { Pipeline: var id } && board.Pipelines.Any(p => p.IsQueued && p.Id < id));

    public static readonly Rule OnlyWaitingStarts = new(
        "Never is work admitted or started that is not waiting: that was not submitted, has started before, or has ended.",
        (board, next) => next switch
        {
            TaskAdmitted { Task: var id } => !board.Task(id).IsQueued,
            PipelineStarted { Pipeline: var id } => !board.Pipeline(id).IsQueued,
            _ => false,
        });

    public static readonly Rule BeginsOnce = new(
        "Never does a callable begin twice, or without having been admitted.",
        (board, next) => next is TaskBegun { Task: var id } && (!board.Task(id).IsAdmitted || board.Task(id).HasBegun));

    public static readonly Rule NeverAfterCancel = new(
        "Never does a callable begin after somebody was told that it was canceled.",
        (board, next) => next is TaskBegun { Task: var id }
            && (board.Task(id).IsCancelAccepted || board.Task(id).Published == TaskState.Canceled));

    public static readonly Rule CancelsOnlyWhatWaits = new(
        "Never is a cancellation accepted of what has begun or ended.",
        (board, next) => next switch
        {
            TaskCancelAnswered { Answer: true, Task: var id } => board.Task(id).HasBegun || board.Task(id).HasEnded,
            PipelineCancelAnswered { Answer: true, Pipeline: var id } => !board.Pipeline(id).IsQueued,
            TerminationAnswered { Answer: true, Task: var id } => board.Task(id).HasEnded,
            _ => false,
        });

    public static readonly Rule PublishedOnce = new(
        "Never is an end published twice.",
        (board, next) => next switch
        {
            TaskPublished { Task: var id } => board.Task(id).Published is not null,
            PipelinePublished { Pipeline: var id } => board.Pipeline(id).Published is not null,
            DrainedPublished { Pipeline: var id } => board.Pipeline(id).IsDrainedPublished,
            _ => false,
        });

    public static readonly Rule PublishedAsItWas = new(
        "Never is an end published other than it was, or of work that goes on.",
        (board, next) => next switch
        {
            TaskPublished { State: TaskState.Canceled, Task: var id } =>
                board.Task(id).HasBegun || !(board.Task(id).IsCancelAccepted || board.AreAllToldToEnd),
            TaskPublished { Task: var id, State: var state } =>
                board.Task(id).Returned != state && !(board.IsAbandoned && state == TaskState.Failed),
            PipelinePublished { State: PipelineState.Canceled, Pipeline: var id } =>
                board.Pipeline(id).HasStarted || !(board.Pipeline(id).IsCancelAccepted || board.ArePendingCanceled),
            PipelinePublished { Pipeline: var id, State: var state } =>
                board.Pipeline(id).Returned != state && !(board.IsAbandoned && state == PipelineState.Failed),
            _ => false,
        });

    public static readonly Rule DrainedLast = new(
        "Never is a pipeline called drained while it, or a task of it, goes on.",
        (board, next) => next is DrainedPublished { Pipeline: var id }
            && (board.Pipeline(id).Published is null || board.Tasks.Any(task => task.Pipeline == id && task.Published is null)));

    public static readonly Rule NothingStartsAtTheEnd = new(
        "Never does anything start once all was asked to end or has died, nor a pipeline once the waiting ones were canceled.",
        (board, next) => next switch
        {
            TaskAdmitted => board.AreAllToldToEnd || board.IsAbandoned,
            PipelineStarted => board.ArePendingCanceled || board.IsAbandoned,
            _ => false,
        });

    public static readonly Rule OnlyRunningIsTold = new(
        "Never is work told to end that does not run, or that nobody wants to end.",
        (board, next) => next switch
        {
            TaskToldToEnd { Task: var id } => board.Task(id) is var task
                && (!task.HasBegun || !task.IsHolding || !(task.IsTerminationAccepted || board.AreAllToldToEnd)),
            PipelineToldToEnd { Pipeline: var id } => !board.Pipeline(id).IsRunning || !board.AreAllToldToEnd,
            _ => false,
        });

    public static readonly Rule ExactLedger = new(
        "Never is more or less shown to be in use than the admitted tasks need.",
        (board, next) => next is Settled { InUse: var shown }
            && shown.Where((amount, i) => !Exact.IsRounded(amount, board.InUse(i))).Any());

    public static readonly Rule NotDrainedTooSoon = new(
        "Never is the scheduler drained while work goes on, or while it accepts more.",
        (board, next) => next is Settled { IsDrained: true }
            && (!board.IsShutdownBegun || board.Tasks.Any(task => !task.HasEnded) || board.Pipelines.Any(pipeline => !pipeline.HasEnded)));

    public static readonly Rule[] All =
    [
        Capacity, Workers, Coordinators, Slots, NoOvertaking, FirstInFirstOut, OnlyWaitingStarts, BeginsOnce, NeverAfterCancel,
        CancelsOnlyWhatWaits, PublishedOnce, PublishedAsItWas, DrainedLast, NothingStartsAtTheEnd, OnlyRunningIsTold, ExactLedger,
        NotDrainedTooSoon,
    ];
}
