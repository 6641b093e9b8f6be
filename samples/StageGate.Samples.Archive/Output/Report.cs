using Spectre.Console;
using StageGate.Samples.Archive.Input;

namespace StageGate.Samples.Archive.Output;

/// <summary>What the program says when the work is done.</summary>
internal sealed class Report(IAnsiConsole console, TextWriter errors)
{
    public void Say(string line) => console.WriteLine(line);

    /// <param name="runs">The run with stages, and perhaps the one without.</param>
    public void Table(IReadOnlyList<RunResult> runs)
    {
        var table = new Table().Border(console.Profile.Capabilities.Ansi ? TableBorder.Rounded : TableBorder.Ascii).AddColumn("");
        table.AddColumn(new TableColumn(runs.Count > 1 ? "with stages" : "archived").RightAligned());
        if (runs.Count > 1)
            table.AddColumn(new TableColumn("without stages").RightAligned());

        Row("files", run => Text.Count(run.Files.Count));
        Row("bytes", run => Text.Bytes(run.Bytes));
        Row("compressed", run => Text.Bytes(run.CompressedBytes));
        Row("ratio", run => run.Bytes == 0 ? "-" : ((double)run.CompressedBytes / run.Bytes).ToString("0.0 %", Text.Invariant));
        Row("wall time", run => run.WallTime.TotalSeconds.ToString("0.0", Text.Invariant) + " s");
        Row("peak of intermediates held", run => Text.Bytes(run.PeakBytesHeld));
        Row("peak of files begun, not finished", run => Text.Count(run.PeakFilesUnderWay));
        console.Write(table);

        void Row(string name, Func<RunResult, string> figure) => table.AddRow([name, .. runs.Select(figure)]);
    }

    public void Compare(RunResult staged, RunResult flat)
    {
        var times = (double)flat.PeakBytesHeld / Math.Max(1, staged.PeakBytesHeld);
        Say(times >= 1.5
            ? $"With stages, a chunk that was read is compressed before more is read, so at most {Text.Bytes(staged.PeakBytesHeld)} had to be held at a time."
            : $"Here the peaks are alike, because few files are larger than one chunk of {Text.Bytes(Stages.Chunk.MaxLength)}: try a folder with large files.");
        Say(times >= 1.5
            ? $"Without them, tasks run in the order in which they were submitted: a whole file is read before its first chunk is compressed, and {Text.Bytes(flat.PeakBytesHeld)} had to be held, {times.ToString("0.0", Text.Invariant)} times as much."
            : "In a large file, stage priority has each chunk compressed before more is read; without it, the whole file is read, and held, first.");
    }

    public void Failures(IReadOnlyCollection<Failure> failures)
    {
        if (failures.Count == 0)
            return;

        errors.WriteLine($"{Text.Files(failures.Count)} could not be archived:");
        foreach (var failure in failures)
            errors.WriteLine($"  {Text.Plain(failure.RelativePath)}: {Text.Plain(failure.Reason)}");
    }
}
