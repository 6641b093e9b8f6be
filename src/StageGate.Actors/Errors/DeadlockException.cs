namespace StageGate.Actors;

/// <summary>
/// A blocking wait inside a <c>Run()</c> or a task would never have ended: what it waited for could only begin, or end, after the waiting
/// work itself. The wait has been given up; the work that it was for goes on, and so may the code that catches this.
/// </summary>
/// <remarks>
/// It is thrown only where no order of events could end the wait, other than that somebody cancels work. What cannot be known counts as
/// able to go on, so these are not found: waits with a time-out, <c>await</c>, waits through <see cref="WorkHandle.Completion"/>, waits on
/// threads that the code has started itself, and circles through another scheduler.
/// </remarks>
public sealed class DeadlockException : InvalidOperationException
{
    /// <summary>Makes an exception without a message of its own.</summary>
    public DeadlockException()
        : base("The wait would never end: what it waits for waits for the waiting work.")
    {
    }

    /// <summary>Makes an exception that says who waits for whom.</summary>
    /// <param name="message">Names every piece of work in the circle.</param>
    public DeadlockException(string? message)
        : base(message)
    {
    }

    /// <summary>Makes an exception that says who waits for whom, and why.</summary>
    /// <param name="message">Names every piece of work in the circle.</param>
    /// <param name="innerException">The reason.</param>
    public DeadlockException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
