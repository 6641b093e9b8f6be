namespace StageGate.Samples.Archive.Output;

/// <summary>How far a run is.</summary>
internal sealed record RunProgress(string Title, int FilesDone, int Files, long BytesDone, long Bytes, long BytesHeld)
{
    public override string ToString() =>
        $"{Title}: {Text.Count(FilesDone)} of {Text.Files(Files)}, {Text.Bytes(BytesDone)} of {Text.Bytes(Bytes)}, "
        + $"holding {Text.Bytes(BytesHeld)}";
}
