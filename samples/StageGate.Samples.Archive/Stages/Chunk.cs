using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using StageGate.Samples.Archive.Input;

namespace StageGate.Samples.Archive.Stages;

/// <summary>
/// One part of a file on its way: read and hashed in stage 0, compressed in stage 1. What it holds goes with <see cref="Dispose"/>.
/// </summary>
internal sealed class Chunk(SourceFile file, long offset, int length, bool isLast, SharedState shared) : IDisposable
{
    /// <summary>The most that one chunk reads. Each chunk becomes a Brotli stream; those of a file stand one after the other.</summary>
    public const int MaxLength = 256 * 1024;

    private const int Quality = 5;
    private const int Window = 22;

    private readonly Holding _held = new(shared.HeldBytes);
    private readonly Holding _read = new(shared.ReadBytes);
    private byte[]? _data;

    public int Length => length;

    public bool IsLast => isLast;

    /// <summary>What the chunk takes while it is being compressed: itself, and what comes out.</summary>
    public long CompressionBytes => length + (long)BrotliEncoder.GetMaxCompressedLength(length);

    public byte[] Hash { get; private set; } = [];

    /// <summary>What stage 1 made of it.</summary>
    public ReadOnlyMemory<byte> Compressed { get; private set; }

    /// <summary>An empty file is one empty chunk: it has to be opened, too.</summary>
    public static IReadOnlyList<Chunk> Split(SourceFile file, SharedState shared)
    {
        var count = Math.Max(1, (file.Length + MaxLength - 1) / MaxLength);
        var chunks = new List<Chunk>();
        for (var i = 0L; i < count; i++)
        {
            var offset = i * MaxLength;
            chunks.Add(new Chunk(file, offset, (int)Math.Min(MaxLength, file.Length - offset), isLast: i == count - 1, shared));
        }

        return chunks;
    }

    /// <summary>Stage 0.</summary>
    public async Task<Chunk> ReadAsync(CancellationToken token)
    {
        // The last chunk asks for one byte more than there should be, and so notices that the file has grown.
        _data = ArrayPool<byte>.Shared.Rent(length + 1);
        _held.Set(length);
        _read.Set(length);
        var read = await SourceReader.ReadAsync(file.FullPath, offset, _data.AsMemory(0, isLast ? length + 1 : length), token);
        if (read != length)
            throw new IOException(read < length ? "It became shorter while it was being read." : "There is more in it than its size says.");

        Hash = SHA256.HashData(_data.AsSpan(0, length));
        return this;
    }

    /// <summary>Stage 1.</summary>
    public void Compress(CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        var room = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(length));
        try
        {
            if (!BrotliEncoder.TryCompress(_data.AsSpan(0, length), room, out var written, Quality, Window))
                throw new InvalidDataException("Brotli could not compress it.");

            Compressed = room.AsSpan(0, written).ToArray();
            _held.Set(written);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
            DropData();
        }
    }

    public void Dispose()
    {
        DropData();
        Compressed = default;
        _held.Dispose();
    }

    private void DropData()
    {
        if (Interlocked.Exchange(ref _data, null) is { } data)
            ArrayPool<byte>.Shared.Return(data);
        _read.Dispose();
    }
}
