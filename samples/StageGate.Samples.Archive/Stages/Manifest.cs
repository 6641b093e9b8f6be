using System.Collections.Concurrent;

namespace StageGate.Samples.Archive.Stages;

/// <summary>
/// The list of the files in place: SHA-256, size, compressed size and path, one line each, with tabs between. In a path, a backslash, a
/// tab and the ends of lines are written as \\, \t, \n and \r.
/// </summary>
internal sealed class Manifest
{
    public const string FileName = "manifest.tsv";

    private readonly ConcurrentBag<ArchivedFile> _files = [];

    public IReadOnlyCollection<ArchivedFile> Files => _files;

    public void Add(ArchivedFile file) => _files.Add(file);

    /// <summary>Writes it whole, or not at all.</summary>
    public void Save(WorkFolder work, string target)
    {
        var path = work.NewPath();
        File.WriteAllLines(path, _files.OrderBy(file => file.RelativePath, StringComparer.Ordinal).Select(Line));
        File.Move(path, Path.Combine(target, FileName));
    }

    private static string Line(ArchivedFile file) =>
        string.Create(Text.Invariant, $"{file.Sha256}\t{file.Length}\t{file.CompressedLength}\t{Escape(file.RelativePath)}");

    private static string Escape(string path) =>
        path.Replace("\\", "\\\\").Replace("\t", "\\t").Replace("\n", "\\n").Replace("\r", "\\r");
}
