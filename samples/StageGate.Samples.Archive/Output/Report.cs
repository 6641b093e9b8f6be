using Spectre.Console;
using StageGate.Samples.Archive.Input;

namespace StageGate.Samples.Archive.Output;

/// <summary>What the program says when the work is done.</summary>
internal sealed class Report(IAnsiConsole console, TextWriter output, TextWriter errors)
{
    /// <summary>Not by way of the console, which would break long paths to its width.</summary>
    public void Say(string line) => output.WriteLine(line);

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
        Row(runs.Count > 1 ? "wall time (the staged run went first)" : "wall time", run => Text.Seconds(run.WallTime));
        Row("peak of intermediates held", run => Text.Bytes(run.PeakBytesHeld));
        Row("  of it read, not yet compressed", run => Text.Bytes(run.PeakBytesRead));
        Row("peak of files begun, not finished", run => Text.Count(run.PeakFilesUnderWay));
        console.Write(table);

        void Row(string name, Func<RunResult, string> figure) => table.AddRow([name, .. runs.Select(figure)]);
    }

    /// <summary>What the two peaks mean.</summary>
    public void Compare(RunResult staged, RunResult flat)
    {
        var times = (double)flat.PeakBytesHeld / Math.Max(1, staged.PeakBytesHeld);
        Say($"Peak of intermediates held: {Text.Bytes(staged.PeakBytesHeld)} with stages, {Text.Bytes(flat.PeakBytesHeld)} without.");
        if (times >= 1.2)
        {
            Say($"With stages, a chunk is compressed before more is read: at most {Text.Bytes(staged.PeakBytesRead)} waited uncompressed.");
            Say($"Without, a whole file is read before its first chunk is compressed: {Text.Bytes(flat.PeakBytesRead)} waited.");
        }
        else
        {
            Say($"They are alike: stage priority orders the chunks of one file; few are longer than {Text.Bytes(Stages.Chunk.MaxLength)}.");
            Say("Try a folder with large files: with stages, a chunk is compressed before more is read; without, all is read first.");
        }
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
