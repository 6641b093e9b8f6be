namespace StageGate.Actors;

/// <summary>When a wait for several handles is over.</summary>
public enum ReturnWhen
{
    /// <summary>Once all of them have ended.</summary>
    AllCompleted,

    /// <summary>Once one of them has ended, in whatever way.</summary>
    FirstCompleted,

    /// <summary>
    /// Once one of them has failed or was terminated, or all have ended. A canceled one does not count.
    /// </summary>
    FirstException,
}
