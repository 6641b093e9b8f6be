namespace StageGate.Actors.Core;

/// <summary>What a piece of running work waits for while it blocks its thread, without a limit in time.</summary>
internal abstract class OpenWait
{
    /// <summary>For how much of it.</summary>
    public abstract ReturnWhen Until { get; }

    /// <summary>Whether so much has ended that the wait is over, though its thread may not have noticed.</summary>
    public virtual bool IsOver => false;

    /// <summary>
    /// What has not ended as far as is published; the core may know more. All of it tasks or all of it pipelines, of the scheduler of the
    /// waiting work.
    /// </summary>
    public abstract IEnumerable<WorkEntry> Targets { get; }

    /// <summary>One of the targets, to tell what they are.</summary>
    public abstract WorkEntry AnyTarget { get; }

    /// <summary>About how many targets there are.</summary>
    public abstract int Count { get; }

    /// <summary>Grows in the order in which the core found the waits; 0 where it has not found this one.</summary>
    public long Order { get; set; }

    /// <summary>Why the wait is given up, once the core has decided so. Written before <see cref="Release"/>, and read after.</summary>
    public string? Refusal { get; private set; }

    public void Refuse(string reason) => Refusal = reason;

    /// <summary>Wakes the waiting thread. Does nothing where it is awake.</summary>
    public abstract void Release();
}
