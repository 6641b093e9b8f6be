namespace StageGate.Actors;

/// <summary>How many pipelines are, or ended, in each state, of all that were ever submitted.</summary>
/// <param name="Queued">Waiting for a place.</param>
/// <param name="Running">That have a place.</param>
/// <param name="Succeeded">Whose <c>Run()</c> returned.</param>
/// <param name="Failed">Whose <c>Run()</c> threw.</param>
/// <param name="Canceled">That were canceled before they began.</param>
public sealed record PipelineCounts(long Queued, long Running, long Succeeded, long Failed, long Canceled)
{
    /// <summary>All pipelines that were ever submitted.</summary>
    public long Total => Queued + Running + Succeeded + Failed + Canceled;
}
