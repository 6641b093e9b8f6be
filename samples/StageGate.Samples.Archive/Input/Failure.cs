namespace StageGate.Samples.Archive.Input;

/// <summary>Something that could not be archived.</summary>
internal sealed record Failure(string RelativePath, string Reason);
