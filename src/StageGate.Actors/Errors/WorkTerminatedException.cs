namespace StageGate.Actors;

/// <summary>
/// The running task was asked to terminate, and did so by throwing an <see cref="OperationCanceledException"/>, which is the
/// <see cref="Exception.InnerException"/>.
/// </summary>
public sealed class WorkTerminatedException : OperationCanceledException
{
    /// <summary>Makes an exception without a message of its own.</summary>
    public WorkTerminatedException()
        : base("The work was terminated on request.")
    {
    }

    /// <summary>Makes an exception that says what was terminated.</summary>
    /// <param name="message">Names the work.</param>
    public WorkTerminatedException(string? message)
        : base(message)
    {
    }

    /// <summary>Makes an exception that says what was terminated.</summary>
    /// <param name="message">Names the work.</param>
    /// <param name="innerException">What the callable threw.</param>
    public WorkTerminatedException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
