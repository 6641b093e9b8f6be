namespace StageGate.Actors;

/// <summary>How many tasks are, or ended, in each state, of all that were ever submitted.</summary>
/// <param name="Queued">Waiting for admission.</param>
/// <param name="Admitted">Holding their resources and a worker; the running ones included.</param>
/// <param name="Running">Whose callable is running.</param>
/// <param name="Succeeded">Whose callable returned.</param>
/// <param name="Failed">Whose callable threw.</param>
/// <param name="Terminated">That ended as asked by a request for termination.</param>
/// <param name="Canceled">That were canceled before they began.</param>
public sealed record TaskCounts(
    long Queued,
    long Admitted,
    long Running,
    long Succeeded,
    long Failed,
    long Terminated,
    long Canceled)
{
    /// <summary>All tasks that were ever submitted.</summary>
    public long Total => Queued + Admitted + Succeeded + Failed + Terminated + Canceled;
}
