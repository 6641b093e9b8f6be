namespace StageGate.Samples.Archive.Stages;

/// <summary>A file that is in place.</summary>
internal sealed record ArchivedFile(string RelativePath, string Sha256, long Length, long CompressedLength);
