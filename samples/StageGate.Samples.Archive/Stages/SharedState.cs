namespace StageGate.Samples.Archive.Stages;

/// <summary>What all the files of one run share.</summary>
/// <param name="UseStages">Whether the pipelines call StageForward.</param>
/// <param name="MemCapacity">How much there is of the resource "mem", in MiB.</param>
/// <param name="FilesFolder">Where the compressed files go.</param>
/// <param name="Work">Where they are until they are whole.</param>
/// <param name="Manifest">The list of those in place.</param>
/// <param name="Stop">Cancelled when the user wants it to end.</param>
internal sealed record SharedState(
    bool UseStages,
    decimal MemCapacity,
    string FilesFolder,
    WorkFolder Work,
    Manifest Manifest,
    CancellationToken Stop)
{
    /// <summary>Bytes read and not compressed yet, or compressed and not in place yet.</summary>
    public Gauge HeldBytes { get; } = new();

    /// <summary>Those of them that were read and not compressed yet.</summary>
    public Gauge ReadBytes { get; } = new();

    /// <summary>Files of which something was read, and which are not in place yet.</summary>
    public Gauge FilesUnderWay { get; } = new();

    /// <summary>Bytes of the sources that are done with, but for the move.</summary>
    public Gauge BytesChecked { get; } = new();
}
