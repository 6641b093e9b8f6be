using Akka.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StageGate.Actors;
using StageGate.Actors.Hosting;

namespace StageGate.Samples.Snippets;

/// <summary>README, "In a host".</summary>
public static class InAHost
{
    public static IHost Make(string[] args)
    {
        // begin-snippet
        var builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddAkka("app", akka => akka
            .WithStageGate(builder.Configuration.GetSection("StageGate"))
            .WithStageGate("reports", options => options.TaskParallelism = 2));
        builder.Services.AddStageGate();
        builder.Services.AddTransient<ImportBooks>();
        builder.Services.AddScoped<Library>();
        builder.Services.AddHealthChecks();
        // end-snippet
        return builder.Build();
    }
}

// begin-snippet
public sealed class Importer(IPipelineRunner runner, [FromKeyedServices("reports")] Scheduler reports)
{
    public Task<int> Import() => runner.RunPipeline<ImportBooks, int>("import").Completion;

    public bool HasReports => reports.Snapshot().RunningPipelines.Count > 0;
}
// end-snippet

/// <summary>A scoped service of the pipeline below: made for its submission, and disposed of when its last task has ended.</summary>
public sealed class Library : IAsyncDisposable
{
    private readonly List<string> _books = [];

    public int Add(string book)
    {
        _books.Add(book);
        return _books.Count;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>A pipeline that takes what it needs from dependency injection.</summary>
public sealed class ImportBooks(Library library) : Pipeline<int>
{
    protected override int Run() => NewTask(() => library.Add("walden")).Requires("cpu", 1).Run().GetResult();
}
