using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using StageGate.Samples.Archive.Input;

namespace StageGate.Samples.Archive.Stages;

/// <summary>
/// What stage 2 makes: a temporary file of compressed chunks, read back and decompressed to see whether it is what was read. With the last
/// chunk it is moved into place; where it never comes to that, <see cref="Dispose"/> removes it.
/// </summary>
internal sealed class CompressedFile(SourceFile source, SharedState shared) : IDisposable
{
    private readonly string _path = shared.Work.NewPath();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Holding _held = new(shared.HeldBytes);
    private long _length;

    public async Task AppendAsync(IReadOnlyList<Chunk> chunks, CancellationToken token)
    {
        using (var file = File.OpenHandle(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite))
        {
            foreach (var chunk in chunks)
            {
                await RandomAccess.WriteAsync(file, chunk.Compressed, _length, token);
                _held.Set(_length + chunk.Compressed.Length);
                await CheckAsync(file, chunk, token);
                _length += chunk.Compressed.Length;
                shared.BytesChecked.Add(chunk.Length);
                chunk.Dispose();
            }
        }

        if (chunks[^1].IsLast)
            PutInPlace(token);
    }

    public void Dispose()
    {
        File.Delete(_path);
        _hash.Dispose();
        _held.Dispose();
    }

    private void PutInPlace(CancellationToken token)
    {
        source.CheckUnchanged();
        var destination = Path.Combine(shared.FilesFolder, source.RelativePath + ".br");
        Directory.CreateDirectory(Path.GetDirectoryName(destination)!);

        // The last moment to stop: from here on the file is in place, and in the manifest.
        token.ThrowIfCancellationRequested();
        File.Move(_path, destination);
        var sha256 = Convert.ToHexStringLower(_hash.GetHashAndReset());
        shared.Manifest.Add(new ArchivedFile(source.RelativePath, sha256, source.Length, _length));
    }

    private async Task CheckAsync(SafeFileHandle file, Chunk chunk, CancellationToken token)
    {
        var room = ArrayPool<byte>.Shared.Rent(chunk.Compressed.Length);
        var data = ArrayPool<byte>.Shared.Rent(chunk.Length);
        try
        {
            var compressed = room.AsMemory(0, chunk.Compressed.Length);
            var read = await RandomAccess.ReadAsync(file, compressed, _length, token);
            if (read != compressed.Length
                || !BrotliDecoder.TryDecompress(compressed.Span, data.AsSpan(0, chunk.Length), out var written)
                || !SHA256.HashData(data.AsSpan(0, written)).AsSpan().SequenceEqual(chunk.Hash))
            {
                throw new InvalidDataException("Read back and decompressed, it is not what it was.");
            }

            _hash.AppendData(data, 0, written);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
            ArrayPool<byte>.Shared.Return(data);
        }
    }
}
