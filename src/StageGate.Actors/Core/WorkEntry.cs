namespace StageGate.Actors.Core;

/// <summary>What the core knows of any piece of work.</summary>
internal abstract class WorkEntry(string? name)
{
    private OpenWait? _wait;

    /// <summary>Given when the work is accepted, before anybody else sees it.</summary>
    public long Id { get; internal set; }

    public string? Name { get; } = name;

    /// <summary>Whether the core has decided its end.</summary>
    public abstract bool HasEnded { get; }

    /// <summary>Whether that end was one that <see cref="ReturnWhen.FirstException"/> waits for.</summary>
    public abstract bool HasFailed { get; }

    /// <summary>Whether it stands in line.</summary>
    public abstract bool IsQueued { get; }

    /// <summary>
    /// What the work waits for, where that is known and has not been refused. Its own thread writes it and the core reads it: it may be over
    /// at any moment, and then nobody misses it.
    /// </summary>
    public OpenWait? Wait => Volatile.Read(ref _wait) is { Refusal: null } wait ? wait : null;

    /// <summary>A full fence: what the caller reads after it was not read before.</summary>
    public void BeginWait(OpenWait wait) => Interlocked.Exchange(ref _wait, wait);

    public void EndWait() => Volatile.Write(ref _wait, null);
}
