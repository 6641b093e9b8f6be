namespace StageGate.Actors;

/// <summary>Where a pipeline is on its way.</summary>
public enum PipelineState
{
    /// <summary>Submitted, and waiting for the older ones to leave it a place.</summary>
    Queued,

    /// <summary>It has a place: its <c>Run()</c> or <c>RunAsync()</c> has begun, or begins in a moment.</summary>
    Running,

    /// <summary>Ended: its <c>Run()</c> returned. Tasks that it did not wait for may still go on.</summary>
    Succeeded,

    /// <summary>Ended: its <c>Run()</c> threw, or the scheduler died under it.</summary>
    Failed,

    /// <summary>Ended: canceled before it began. Its <c>Run()</c> never runs.</summary>
    Canceled,
}
