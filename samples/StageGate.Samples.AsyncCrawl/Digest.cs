using System.Security.Cryptography;
using System.Text;

namespace StageGate.Samples.AsyncCrawl;

/// <summary>What is known of a file or a folder: enough to tell whether anything in it has changed.</summary>
internal sealed record Digest(string Name, byte[] Hash, int Files, int Folders, long Bytes)
{
    public static Digest OfFile(string path)
    {
        using var stream = File.OpenRead(path);
        return new Digest(Path.GetFileName(path), SHA256.HashData(stream), Files: 1, Folders: 0, stream.Length);
    }

    /// <summary>The digest of a folder follows from the names and digests of what is in it, in the order of the names.</summary>
    public static Digest OfFolder(string path, IEnumerable<Digest> content)
    {
        var sorted = content.OrderBy(digest => digest.Name, StringComparer.Ordinal).ToList();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var digest in sorted)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{digest.Name}\0{digest.Folders > 0}\0"));
            hash.AppendData(digest.Hash);
        }

        return new Digest(
            Path.GetFileName(path),
            hash.GetHashAndReset(),
            sorted.Sum(digest => digest.Files),
            sorted.Sum(digest => digest.Folders) + 1,
            sorted.Sum(digest => digest.Bytes));
    }

    public override string ToString() => $"{Convert.ToHexStringLower(Hash)[..16]}  {Files,7} files {Bytes,14:N0} bytes";
}
