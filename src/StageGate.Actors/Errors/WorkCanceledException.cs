namespace StageGate.Actors;

/// <summary>The task or the pipeline was canceled before it began. It never ran.</summary>
public sealed class WorkCanceledException : OperationCanceledException
{
    /// <summary>Makes an exception without a message of its own.</summary>
    public WorkCanceledException()
        : base("The work was canceled before it began.")
    {
    }

    /// <summary>Makes an exception that says what was canceled.</summary>
    /// <param name="message">Names the work.</param>
    public WorkCanceledException(string? message)
        : base(message)
    {
    }

    /// <summary>Makes an exception that says what was canceled, and why.</summary>
    /// <param name="message">Names the work.</param>
    /// <param name="innerException">The reason.</param>
    public WorkCanceledException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
