using System.Globalization;
using StageGate.Actors;

namespace StageGate.Samples.Embedded;

/// <summary>Renders the sections of the report side by side, and writes them in a later stage.</summary>
internal sealed class RenderReport(FileIndex index, ReportFile report) : Pipeline<string>
{
    protected override string Run()
    {
        var files = index.Files;
        var sections = new Func<string>[] { () => Totals(files), () => Duplicates(files), () => ByKind(files) }
            .Select(section => NewTask(section).Requires("cpu", 1).Run())
            .ToList();
        Wait(sections);

        StageForward();
        var write = NewTask(() => report.Write(sections.Select(section => section.GetResult()))).Requires("cpu", 1).Named("write");
        return write.Run().GetResult();
    }

    private static string Totals(IReadOnlyList<IndexedFile> files) => Text($"# {files.Count} files, {files.Sum(file => file.Size)} bytes");

    private static string Duplicates(IReadOnlyList<IndexedFile> files)
    {
        var groups = files.Where(file => file.Size > 0).GroupBy(file => file.Hash).Where(group => group.Count() > 1)
            .OrderByDescending(group => group.First().Size * (group.Count() - 1))
            .Select(group => Text($"- {group.First().Size} bytes: {string.Join(", ", group.Select(file => file.Path))}"));
        return string.Join('\n', groups.Prepend("## Files of the same content\n"));
    }

    private static string ByKind(IReadOnlyList<IndexedFile> files)
    {
        var kinds = files.GroupBy(file => Path.GetExtension(file.Path)).OrderByDescending(kind => kind.Sum(file => file.Size))
            .Select(kind => Text($"| {kind.Key} | {kind.Count()} | {kind.Sum(file => file.Size)} |"));
        return string.Join('\n', kinds.Prepend("## By kind\n\n| kind | files | bytes |\n| --- | --- | --- |"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A report that is there as a whole or not at all. It lives in the scope of the pipeline that writes it.</summary>
internal sealed class ReportFile(Input input) : IDisposable
{
    private readonly string _draft = $"{input.Report}.{Guid.NewGuid():N}";

    public string Write(IEnumerable<string> sections)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(input.Report)!);
        File.WriteAllText(_draft, string.Join("\n\n", sections) + "\n");
        File.Move(_draft, input.Report, overwrite: true);
        return input.Report;
    }

    public void Dispose() => File.Delete(_draft);
}
