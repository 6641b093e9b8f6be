namespace StageGate.Actors.Tests.Core.Rules;

/// <summary>What must have happened by the time that a scheduler has nothing more to do about a fact.</summary>
internal static class LivenessRules
{
    public static readonly Rule HeadIsAdmitted = new(
        "By now the first task in line is admitted, if it fits and a worker is free.",
        (board, next) => next is Settled
            && board.Tasks.Count(task => task.IsHolding) < board.TaskParallelism
            && Head(board) is { } head && board.Fits(head));

    public static readonly Rule OldestStarts = new(
        "By now the oldest pipeline that waits has started, if a coordinator is free.",
        (board, next) => next is Settled
            && board.Pipelines.Count(pipeline => pipeline.IsRunning) < board.PipelineParallelism
            && board.Pipelines.Any(pipeline => pipeline.IsQueued));

    public static readonly Rule EndsArePublished = new(
        "By now every end is published.",
        (board, next) => next is Settled
            && (board.Tasks.Any(task => task is { HasEnded: true, Published: null })
                || board.Pipelines.Any(pipeline => pipeline is { HasEnded: true, Published: null })));

    public static readonly Rule DrainedIsPublished = new(
        "By now a pipeline is called drained, if it and all its tasks have ended.",
        (board, next) => next is Settled && board.Pipelines.Any(pipeline =>
            pipeline is { HasEnded: true, IsDrainedPublished: false }
            && board.Tasks.All(task => task.Pipeline != pipeline.Id || task.HasEnded)));

    public static readonly Rule TerminationIsTold = new(
        "By now a running task is told to end, if that was accepted.",
        (board, next) => next is Settled && board.Tasks.Any(task => task is { IsTerminationAccepted: true, IsToldToEnd: false }));

    public static readonly Rule AllAreTold = new(
        "By now nothing waits, and all that runs is told to end, if all was asked to end.",
        (board, next) => next is Settled && board.AreAllToldToEnd
            && (board.Tasks.Any(task => task.IsQueued || task is { IsHolding: true, IsToldToEnd: false })
                || board.Pipelines.Any(pipeline => pipeline.IsQueued || pipeline is { IsRunning: true, IsToldToEnd: false })));

    public static readonly Rule PendingAreCanceled = new(
        "By now no pipeline waits, if the waiting ones were canceled.",
        (board, next) => next is Settled && board is { ArePendingCanceled: true, AreAllToldToEnd: false }
            && board.Pipelines.Any(pipeline => pipeline.IsQueued));

    public static readonly Rule DeathEndsAll = new(
        "By now nothing is left, if the scheduler has died.",
        (board, next) => next is Settled && board.IsAbandoned
            && (board.Tasks.Any(task => !task.HasEnded) || board.Pipelines.Any(pipeline => !pipeline.HasEnded)));

    public static readonly Rule ShutdownDrains = new(
        "By now the scheduler is drained, if shutdown has begun and all work has ended.",
        (board, next) => next is Settled { IsDrained: false } && board.IsShutdownBegun
            && board.Tasks.All(task => task.HasEnded) && board.Pipelines.All(pipeline => pipeline.HasEnded));

    public static readonly Rule[] All =
    [
        HeadIsAdmitted, OldestStarts, EndsArePublished, DrainedIsPublished, TerminationIsTold, AllAreTold, PendingAreCanceled,
        DeathEndsAll, ShutdownDrains,
    ];

    private static TaskSeen? Head(Board board) => board.Tasks
        .Where(task => task.IsQueued)
        .Aggregate((TaskSeen?)null, (head, task) => head is null || task.IsAheadOf(head) ? task : head);
}
