namespace StageGate.Samples.Embedded;

/// <summary>What the user asked for.</summary>
/// <param name="Folder">Whose files are indexed.</param>
/// <param name="Report">Where the report goes.</param>
/// <param name="Once">Whether to check the work and end, instead of serving until stopped.</param>
internal sealed record Input(string Folder, string Report, bool Once)
{
    public const string Usage = "Usage: StageGate.Samples.Embedded [folder] [report file] [--once]";

    /// <exception cref="ArgumentException">It cannot be done; the message says why.</exception>
    public static Input Parse(string[] arguments)
    {
        if (arguments.FirstOrDefault(argument => argument.StartsWith('-') && argument != "--once") is { } unknown)
            throw new ArgumentException($"There is no option {unknown}.");

        var places = arguments.Where(argument => argument != "--once").ToList();
        if (places.Count > 2)
            throw new ArgumentException($"'{places[2]}' is one argument too many.");

        var folder = Path.GetFullPath(places.ElementAtOrDefault(0) ?? ".");
        if (!Directory.Exists(folder))
            throw new ArgumentException($"There is no folder '{folder}'.");

        var report = Path.GetFullPath(places.ElementAtOrDefault(1) ?? Path.Combine("artifacts", "index-report.md"));
        if (Directory.Exists(report) || Path.EndsInDirectorySeparator(report))
            throw new ArgumentException($"'{report}' is a folder; the report must be a file.");

        return new Input(folder, report, arguments.Contains("--once"));
    }

    /// <summary>Whether a file is the report or a draft of it. The program makes them, and may do so in the folder that it indexes.</summary>
    public bool IsReport(string path) => path == Report || path.StartsWith(ReportFile.DraftsOf(Report), StringComparison.Ordinal);
}
