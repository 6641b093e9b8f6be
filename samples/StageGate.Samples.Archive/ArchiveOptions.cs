using StageGate.Actors;

namespace StageGate.Samples.Archive;

/// <summary>What the user asked for, checked.</summary>
/// <param name="Folder">The folder to archive; <see langword="null"/>: the repository's own tree.</param>
/// <param name="Target">Where the archive goes; <see langword="null"/>: a new temporary folder.</param>
/// <param name="Cpu">How much there is of the resource "cpu"; every task takes 1.</param>
/// <param name="Mem">How much there is of the resource "mem", in MiB.</param>
/// <param name="Pipelines">How many files may be on their way at a time.</param>
/// <param name="Tasks">How many tasks may run at a time.</param>
/// <param name="NoStages">Whether to do it all once more without stages, to compare.</param>
internal sealed record ArchiveOptions(
    string? Folder,
    string? Target,
    int Cpu,
    decimal Mem,
    int Pipelines,
    int Tasks,
    bool NoStages)
{
    public SchedulerOptions ForScheduler() => new()
    {
        PipelineParallelism = Pipelines,
        TaskParallelism = Tasks,
        Resources = { ["cpu"] = Cpu, ["mem"] = Mem },
    };
}
