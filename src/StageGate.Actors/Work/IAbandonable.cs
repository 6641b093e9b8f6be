namespace StageGate.Actors.Work;

/// <summary>Work that can be told that its scheduler has died.</summary>
internal interface IAbandonable
{
    /// <summary>Ends the work's handle, if it has not ended.</summary>
    /// <param name="cause">The fault that killed the scheduler, where one is known.</param>
    void Abandon(Exception? cause);

    /// <summary>Tells that its pipeline is drained. Called once all that was open has been abandoned, because that says that all of it has ended.</summary>
    void PublishDrained();
}
