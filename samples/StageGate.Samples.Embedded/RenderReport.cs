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
    private readonly string _draft = $"{DraftsOf(input.Report)}{Guid.NewGuid():N}";

    /// <summary>What the paths of a report's drafts begin with.</summary>
    public static string DraftsOf(string report) => $"{report}.draft-";

    /// <summary>Makes the report's folder, and finds out whether a file can be made there: once the work is done it is late for that.</summary>
    /// <exception cref="IOException">It cannot; the message names the report.</exception>
    public void Prepare()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(input.Report)!);
            File.Create(_draft).Dispose();
            File.Delete(_draft);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The report '{input.Report}' cannot be written: {exception.Message}", exception);
        }
    }

    public string Write(IEnumerable<string> sections)
    {
        File.WriteAllText(_draft, string.Join("\n\n", sections) + "\n");
        File.Move(_draft, input.Report, overwrite: true);
        return input.Report;
    }

    public void Dispose()
    {
        // Deleting what is not there is no error, but where the folder is gone too, it is one.
        if (File.Exists(_draft))
            File.Delete(_draft);
    }
}
