namespace StageGate.Actors;

/// <summary>
/// The actors of the scheduler, or the actor system below them, died before the work had ended. A callable that was running at that
/// moment may still run to its end; nobody will see what it returns.
/// </summary>
public sealed class SchedulerTerminatedException : InvalidOperationException
{
    /// <summary>Makes an exception without a message of its own.</summary>
    public SchedulerTerminatedException()
        : base("The scheduler has been terminated.")
    {
    }

    /// <summary>Makes an exception that says what was lost.</summary>
    /// <param name="message">Names the scheduler and the work.</param>
    public SchedulerTerminatedException(string? message)
        : base(message)
    {
    }

    /// <summary>Makes an exception that says what was lost, and why.</summary>
    /// <param name="message">Names the scheduler and the work.</param>
    /// <param name="innerException">The fault that killed the scheduler, where one is known.</param>
    public SchedulerTerminatedException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
