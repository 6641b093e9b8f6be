using StageGate.Samples.Archive.Input;
using StageGate.Samples.Archive.Stages;

namespace StageGate.Samples.Archive;

/// <summary>What came out of one run.</summary>
internal sealed record RunResult(
    int FilesListed,
    IReadOnlyCollection<ArchivedFile> Files,
    IReadOnlyList<Failure> Failures,
    TimeSpan WallTime,
    long PeakBytesHeld,
    long PeakBytesRead,
    long PeakFilesUnderWay,
    bool Stopped)
{
    public long Bytes { get; } = Files.Sum(file => file.Length);

    public long CompressedBytes { get; } = Files.Sum(file => file.CompressedLength);
}
