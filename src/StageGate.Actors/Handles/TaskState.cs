namespace StageGate.Actors;

/// <summary>Where a task is on its way.</summary>
public enum TaskState
{
    /// <summary>Submitted, and waiting for its turn, a worker and its resources.</summary>
    Queued,

    /// <summary>Admitted: it holds its resources and a worker, which has not begun it yet.</summary>
    Ready,

    /// <summary>Its callable is running.</summary>
    Running,

    /// <summary>Ended: its callable returned.</summary>
    Succeeded,

    /// <summary>Ended: its callable threw, or the scheduler died under it.</summary>
    Failed,

    /// <summary>Ended: canceled before it began. Its callable never runs.</summary>
    Canceled,

    /// <summary>Ended: its termination was asked for while it ran, and it threw an <see cref="OperationCanceledException"/>.</summary>
    Terminated,
}
