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
            await Index();
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("The host was stopped before the report was done.");
        }
    }

    private async Task Index()
    {
        var folders = Directory.EnumerateDirectories(input.Folder, "*", SearchOption.AllDirectories).Prepend(input.Folder);
        var pipelines = folders
            .Select(folder => indexing.RunPipeline(services => new IndexFolder(folder, services.GetRequiredService<FileIndex>()), folder))
            .ToList();
        await Task.WhenAll(pipelines.Select(pipeline => pipeline.Completion));
        Report = await reporting.RunPipeline<RenderReport, string>("report");
        Console.WriteLine($"{pipelines.Count} folders are indexed; the report is {Report}.");
    }
}
