using Microsoft.Win32.SafeHandles;

namespace StageGate.Samples.Archive.Stages;

/// <summary>Reads parts of files that others may be writing, or that may be no ordinary files.</summary>
internal static class SourceReader
{
    /// <summary>To open a pipe waits for somebody who writes into it, and that may be for ever.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <returns>How much was read: less than there is room for only at the end of the file.</returns>
    public static async Task<int> ReadAsync(string path, long offset, Memory<byte> room, CancellationToken token)
    {
        using var handle = await OpenAsync(path, token);
        var read = 0;
        while (read < room.Length)
        {
            var count = await RandomAccess.ReadAsync(handle, room[read..], offset + read, token);
            if (count == 0)
                break;
            read += count;
        }

        return read;
    }

    private static async Task<SafeFileHandle> OpenAsync(string path, CancellationToken token)
    {
        var opening = Task.Run(() => File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete), token);
        try
        {
            return await opening.WaitAsync(s_patience, token);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            _ = opening.ContinueWith(
                late => late.Result.Dispose(),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion,
                TaskScheduler.Default);
            if (exception is TimeoutException)
                throw new IOException($"It could not be opened within {s_patience.TotalSeconds} seconds; it may be a pipe.");
            throw;
        }
    }
}
