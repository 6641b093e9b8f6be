namespace StageGate.Actors.Completions;

/// <summary>Somebody who waits for work to end.</summary>
internal interface ICompletionObserver
{
    /// <summary>False where nobody is left who could care; the observation may then be dropped.</summary>
    bool IsWanted { get; }

    /// <summary>Whether somebody is waiting at this moment.</summary>
    bool IsWaiting => IsWanted;

    /// <summary>
    /// Called once for each observed piece of work, on the thread that ended it, inside a turn of the scheduler. It must not run user
    /// code, and must not block.
    /// </summary>
    /// <param name="index">Which one of the observer's pieces of work has ended.</param>
    void OnEnded(int index);

    /// <summary>
    /// The work is about to be known to have failed. Called where <see cref="OnEnded"/> is, before anybody has the exception of this work, can throw it
    /// again and leave a trace of that in it; not called where the observer joins too late for that.
    /// </summary>
    /// <param name="exception">What it failed with.</param>
    void OnFailing(Exception exception)
    {
    }
}
