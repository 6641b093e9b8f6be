namespace StageGate.Samples.AsyncCrawl;

/// <summary>What is directly in a folder. Links are left out: they could lead in circles.</summary>
internal sealed record FolderContent(IReadOnlyList<string> Folders, IReadOnlyList<string> Files)
{
    private static readonly EnumerationOptions s_all = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    public static FolderContent Of(string path) =>
        new([.. Directory.EnumerateDirectories(path, "*", s_all)], [.. Directory.EnumerateFiles(path, "*", s_all)]);
}
