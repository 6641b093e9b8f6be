using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace StageGate.Samples.Embedded;

internal sealed record IndexedFile(string Path, long Size, string Hash)
{
    public static IndexedFile Of(string path)
    {
        using var content = File.OpenRead(path);
        return new IndexedFile(path, content.Length, Convert.ToHexString(SHA256.HashData(content)));
    }
}

/// <summary>What is known of the files so far. Shared by the pipelines that find it out and by the one that reports it.</summary>
internal sealed class FileIndex
{
    private readonly ConcurrentDictionary<string, IndexedFile> _files = new(StringComparer.Ordinal);

    public IReadOnlyList<IndexedFile> Files => [.. _files.Values.OrderBy(file => file.Path, StringComparer.Ordinal)];

    public ConcurrentQueue<string> Unreadable { get; } = new();

    public void Add(IndexedFile file) => _files[file.Path] = file;
}
