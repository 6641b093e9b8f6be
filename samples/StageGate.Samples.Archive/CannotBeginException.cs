namespace StageGate.Samples.Archive;

/// <summary>Nothing was archived, and the message is the one line that tells the user why.</summary>
internal sealed class CannotBeginException(string message) : Exception(message);
