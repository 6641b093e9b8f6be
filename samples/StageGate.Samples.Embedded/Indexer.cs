using StageGate.Actors.Hosting;

namespace StageGate.Samples.Embedded;

/// <summary>Indexes the folder with the one scheduler, and has it reported by the other.</summary>
internal sealed class Indexer(
    Input input,
    [FromKeyedServices("index")] IPipelineRunner indexing,
    [FromKeyedServices("report")] IPipelineRunner reporting) : BackgroundService
{
    /// <summary>Where the report is, once it is done.</summary>
    public string? Report { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Index(stoppingToken);
        }
        catch (Exception exception) when (stoppingToken.IsCancellationRequested
            && exception is OperationCanceledException or InvalidOperationException)
        {
            // A scheduler that stops cancels pipelines, refuses new ones, and may leave behind what does not end: all mean the same here.
            Console.Error.WriteLine("The host was stopped before the report was done.");
        }
    }

    /// <summary>It only ceases to wait when the host stops: the schedulers stop next, and see to the work themselves.</summary>
    private async Task Index(CancellationToken stoppingToken)
    {
        var folders = Directory.EnumerateDirectories(input.Folder, "*", SearchOption.AllDirectories).Prepend(input.Folder);
        var pipelines = new List<Task>();
        foreach (var folder in folders)
        {
            stoppingToken.ThrowIfCancellationRequested();
            var pipeline = indexing.RunPipeline(services => new IndexFolder(folder, input, services.GetRequiredService<FileIndex>()), folder);
            pipelines.Add(pipeline.Completion);
        }

        await Task.WhenAll(pipelines).WaitAsync(stoppingToken);
        Report = await reporting.RunPipeline<RenderReport, string>("report").Completion.WaitAsync(stoppingToken);
        Console.WriteLine($"{pipelines.Count} folders are indexed; the report is {Report}.");
    }
}
