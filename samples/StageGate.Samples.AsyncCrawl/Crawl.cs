using System.Diagnostics;
using StageGate.Actors;

namespace StageGate.Samples.AsyncCrawl;

/// <summary>One run of the program, to its exit code.</summary>
internal static class Crawl
{
    private const int Succeeded = 0;
    private const int Failed = 1;
    private const int CannotBegin = 2;
    private const int Stopped = 130;

    public static async Task<int> RunAsync(string folder, bool verify, CancellationToken cancellationToken)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!Directory.Exists(path))
        {
            Console.Error.WriteLine($"There is no folder {path}. Try --help.");
            return CannotBegin;
        }

        var open = new OpenFolders();
        var options = new SchedulerOptions
        {
            // A folder waits for the folders below it, which are started after it: all of them must be able to be open at a time.
            PipelineParallelism = int.MaxValue,
            TaskParallelism = 2 * Environment.ProcessorCount,
            Resources = { ["cpu"] = Environment.ProcessorCount, ["disk"] = 4 },
        };
        await using var scheduler = new Scheduler(options);
        await using var stop = cancellationToken.Register(scheduler.RequestTermination);
        try
        {
            var digest = await scheduler.RunPipeline(new FolderPipeline(scheduler, path, open), path);
            Console.WriteLine($"{digest}  {path}");
            Console.WriteLine($"{digest.Folders} folders, at most {open.Most} of them open at a time, on {Threads()} threads.");
            return !verify || Verify(path, digest) ? Succeeded : Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Console.Error.WriteLine("Stopped.");
            return Stopped;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{exception.Message} The digest of {path} cannot be told.");
            scheduler.RequestTermination();
            return Failed;
        }
    }

    private static bool Verify(string path, Digest digest)
    {
        var same = OneByOne(path).Hash.AsSpan().SequenceEqual(digest.Hash);
        Console.WriteLine(same ? "Verified." : "One file after the other gives another digest: the tree has changed meanwhile.");
        return same;
    }

    private static Digest OneByOne(string path)
    {
        var (folders, files) = FolderContent.Of(path);
        return Digest.OfFolder(path, [.. files.Select(Digest.OfFile), .. folders.Select(OneByOne)]);
    }

    private static int Threads()
    {
        using var process = Process.GetCurrentProcess();
        return process.Threads.Count;
    }
}
