namespace StageGate.Actors;

/// <summary>A task asked for a resource that its scheduler does not have. Labels are case-sensitive.</summary>
public sealed class UnknownResourceException : ArgumentException
{
    /// <summary>Makes an exception without a message of its own.</summary>
    public UnknownResourceException()
        : base("The scheduler has no such resource.")
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">Names the label.</param>
    public UnknownResourceException(string? message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message and a reason.</summary>
    /// <param name="message">Names the label.</param>
    /// <param name="innerException">The reason.</param>
    public UnknownResourceException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal UnknownResourceException(string label, IReadOnlyCollection<string> known)
        : base($"The scheduler has no resource {Text.Quote(label)}. {Known(known)}")
    {
        Label = label;
    }

    /// <summary>The label that was asked for.</summary>
    public string Label { get; } = "";

    private static string Known(IReadOnlyCollection<string> known) => known.Count == 0
        ? "It was made without any resources: add them to SchedulerOptions.Resources."
        : $"It has {string.Join(", ", known.Take(10).Select(Text.Quote))}{(known.Count > 10 ? ", ..." : "")}; labels are case-sensitive.";
}
