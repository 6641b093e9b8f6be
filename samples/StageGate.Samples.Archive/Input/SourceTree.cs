namespace StageGate.Samples.Archive.Input;

/// <summary>
/// All the files of a folder. Listed to the end before anything is written, so an archive inside its own source cannot archive itself.
/// </summary>
internal sealed class SourceTree
{
    private static readonly EnumerationOptions s_everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly List<SourceFile> _files = [];
    private readonly List<Failure> _failures = [];

    private SourceTree(string root) => Root = root;

    public string Root { get; }

    public IReadOnlyList<SourceFile> Files => _files;

    /// <summary>What could not even be listed.</summary>
    public IReadOnlyList<Failure> Failures => _failures;

    /// <summary>Links to folders. They are not followed: they may lead in circles.</summary>
    public int FolderLinks { get; private set; }

    public static SourceTree List(string root, IReadOnlySet<string> skipped, CancellationToken stop)
    {
        var tree = new SourceTree(root);
        var folders = new Stack<DirectoryInfo>([new DirectoryInfo(root)]);
        while (folders.TryPop(out var folder) && !stop.IsCancellationRequested)
        {
            tree.Try(folder, () =>
            {
                foreach (var entry in folder.EnumerateFileSystemInfos("*", s_everything))
                {
                    if (entry is FileInfo file)
                        tree.Try(file, () => tree.Add(file));
                    else if (entry.LinkTarget is not null)
                        tree.FolderLinks++;
                    else if (!skipped.Contains(entry.Name))
                        folders.Push((DirectoryInfo)entry);
                }
            });
        }

        tree._files.Sort((x, y) => string.CompareOrdinal(x.RelativePath, y.RelativePath));
        return tree;
    }

    private void Add(FileInfo file)
    {
        var content = SourceFile.Resolve(file);
        _files.Add(new SourceFile(file.FullName, Relative(file), content.Length, content.LastWriteTimeUtc));
    }

    private void Try(FileSystemInfo entry, Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _failures.Add(new Failure(Relative(entry), exception.Message));
        }
    }

    private string Relative(FileSystemInfo entry) => Path.GetRelativePath(Root, entry.FullName);
}
