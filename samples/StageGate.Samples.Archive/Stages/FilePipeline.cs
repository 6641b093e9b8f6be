using StageGate.Actors;
using StageGate.Samples.Archive.Input;

namespace StageGate.Samples.Archive.Stages;

/// <summary>
/// One file on its way into the archive. Stage 0 reads and hashes it in chunks, stage 1 compresses the chunks, stage 2 checks what came
/// out and moves it into place.
/// </summary>
/// <remarks>
/// A task of a later stage goes before all waiting tasks of earlier ones: a chunk that was read is compressed before more is read. That
/// keeps the memory small, and all it takes is to call <see cref="PipelineBase.StageForward"/> between the stages.
/// A file larger than "mem" goes through the stages in several rounds.
/// </remarks>
internal sealed class FilePipeline(SourceFile file, SharedState shared) : Pipeline
{
    private const decimal MiB = 1024 * 1024;

    private readonly OpenTasks _tasks = new();
    private readonly Holding _underWay = new(shared.FilesUnderWay);

    protected override void Run()
    {
        using var compressed = new CompressedFile(file, shared);
        var chunks = Chunk.Split(file, shared);
        try
        {
            // Whoever stops the program asks each task to end; the task sees it in the token that it was given.
            using var stop = shared.Stop.Register(_tasks.RequestTermination);
            foreach (var round in chunks.Chunk(ChunksInMemory))
            {
                var reading = Read(round);
                NextStage();
                Compress(reading);
                NextStage();
                Finish(round, compressed);
            }
        }
        finally
        {
            EndAllTasks();
            foreach (var chunk in chunks)
                chunk.Dispose();
            _underWay.Dispose();
        }
    }

    private int ChunksInMemory => (int)Math.Clamp(shared.MemCapacity * MiB / Chunk.MaxLength, 1, Array.MaxLength);

    /// <summary>Asks for all the reading at once; the scheduler decides when there is room for it.</summary>
    private List<TaskHandle<Chunk>> Read(Chunk[] chunks) =>
        [.. chunks.Select(chunk => _tasks.Add(NewTask(token => ReadAsync(chunk, token)).Requires("cpu", 1).Named("read").Run()))];

    /// <summary>Has each chunk compressed as soon as it was read, and waits for all of them.</summary>
    private void Compress(List<TaskHandle<Chunk>> reading)
    {
        var compressing = new List<TaskHandle>();
        IReadOnlyCollection<TaskHandle<Chunk>> pending = reading;
        while (pending.Count > 0)
        {
            var (read, rest) = Wait(pending, returnWhen: ReturnWhen.FirstCompleted);
            compressing.AddRange(read.Select(handle => Compress(handle.GetResult())));
            pending = rest;
        }

        // Returns early if one fails. Its result is its exception, which ends this Run() too, and so ends the other tasks.
        foreach (var handle in Wait(compressing, returnWhen: ReturnWhen.FirstException).Done)
            handle.GetResult();
    }

    private TaskHandle Compress(Chunk chunk)
    {
        // A task that requires more than there is in all could never run, and would be refused.
        var mem = Math.Min(chunk.CompressionBytes / MiB, shared.MemCapacity);
        return _tasks.Add(NewTask(chunk.Compress).Requires("cpu", 1).Requires("mem", mem).Named("compress").Run());
    }

    private void Finish(Chunk[] chunks, CompressedFile compressed) =>
        _tasks.Add(NewTask(token => compressed.AppendAsync(chunks, token)).Requires("cpu", 1).Named("check and place").Run()).GetResult();

    private Task<Chunk> ReadAsync(Chunk chunk, CancellationToken token)
    {
        _underWay.Set(1);
        return chunk.ReadAsync(token);
    }

    private void NextStage()
    {
        if (shared.UseStages)
            StageForward();
    }

    /// <summary>After this, nobody uses the chunks and the temporary file any more.</summary>
    private void EndAllTasks()
    {
        _tasks.RequestTermination();
        if (_tasks.All.Count > 0)
            Wait(_tasks.All);
    }
}
