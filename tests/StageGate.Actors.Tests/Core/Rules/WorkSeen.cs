using System.Numerics;

namespace StageGate.Actors.Tests.Core.Rules;

/// <summary>What has been seen of one pipeline so far.</summary>
internal sealed class PipelineSeen(long id)
{
    public long Id { get; } = id;

    public bool IsSubmitted { get; set; }

    public bool HasStarted { get; set; }

    public int Slot { get; set; }

    public PipelineState? Returned { get; set; }

    public bool IsCancelAccepted { get; set; }

    public bool IsToldToEnd { get; set; }

    public PipelineState? Published { get; set; }

    public bool IsDrainedPublished { get; set; }

    public bool HasEnded => Returned is not null || IsCancelAccepted || Published is not null;

    public bool IsQueued => IsSubmitted && !HasStarted && !HasEnded;

    public bool IsRunning => HasStarted && !HasEnded;
}

/// <summary>What has been seen of one task so far.</summary>
internal sealed class TaskSeen(long id)
{
    public long Id { get; } = id;

    public bool IsSubmitted { get; set; }

    public long Pipeline { get; set; }

    public int Stage { get; set; }

    public BigInteger[] Demand { get; set; } = [];

    public bool IsAdmitted { get; set; }

    public int Slot { get; set; }

    public bool HasBegun { get; set; }

    public TaskState? Returned { get; set; }

    /// <summary>Whether somebody who canceled it, or asked it to end before it had begun, was told that it never runs.</summary>
    public bool IsCancelAccepted { get; set; }

    public bool IsTerminationAccepted { get; set; }

    public bool IsToldToEnd { get; set; }

    public TaskState? Published { get; set; }

    public bool HasEnded => Returned is not null || IsCancelAccepted || Published is not null;

    public bool IsQueued => IsSubmitted && !IsAdmitted && !HasEnded;

    /// <summary>Whether it has a worker and its resources.</summary>
    public bool IsHolding => IsAdmitted && !HasEnded;

    /// <summary>Later stage first, then the older pipeline, then the order of submission.</summary>
    public bool IsAheadOf(TaskSeen other) =>
        (-Stage, Pipeline, Id).CompareTo((-other.Stage, other.Pipeline, other.Id)) < 0;
}
