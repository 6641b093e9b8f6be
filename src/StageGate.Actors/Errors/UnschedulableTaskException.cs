using System.Globalization;

namespace StageGate.Actors;

/// <summary>One task asked for more of a resource than its scheduler has in all; it could never be admitted.</summary>
public sealed class UnschedulableTaskException : ArgumentException
{
    /// <summary>Makes an exception without a message of its own.</summary>
    public UnschedulableTaskException()
        : base("The task asks for more than the scheduler has in all.")
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">Names the label and the amounts.</param>
    public UnschedulableTaskException(string? message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message and a reason.</summary>
    /// <param name="message">Names the label and the amounts.</param>
    /// <param name="innerException">The reason.</param>
    public UnschedulableTaskException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal UnschedulableTaskException(string label, decimal requested, decimal capacity)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The task asks for {requested} of {Text.Quote(label)}, and the scheduler has {capacity} in all: it could never be admitted. Ask for less, or give the scheduler more."))
    {
        Label = label;
        Requested = requested;
        Capacity = capacity;
    }

    /// <summary>The label of the resource that is too small.</summary>
    public string Label { get; } = "";

    /// <summary>How much of it the task asked for.</summary>
    public decimal Requested { get; }

    /// <summary>How much of it the scheduler has in all.</summary>
    public decimal Capacity { get; }
}
