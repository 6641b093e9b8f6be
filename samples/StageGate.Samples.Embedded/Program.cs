using Akka.Hosting;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using StageGate.Actors.Hosting;
using StageGate.Samples.Embedded;

const int Done = 0, Failed = 1, CannotBegin = 2, Interrupted = 130;
try
{
    return await Run(Input.Parse(args));
}
catch (Exception exception) when (exception is ArgumentException or OptionsValidationException or IOException)
{
    Console.Error.WriteLine(exception.Message);
    Console.Error.WriteLine(Input.Usage);
    return CannotBegin;
}

static async Task<int> Run(Input input)
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
    var configuration = builder.Configuration;
    builder.Services.AddStageGate();
    builder.Services.AddAkka("embedded", akka => akka
        .WithStageGate("index", configuration.GetSection("Schedulers:Index"))
        .WithStageGate("report", configuration.GetSection("Schedulers:Report")));
    builder.Services.AddHealthChecks();
    builder.Services.AddSingleton(input).AddSingleton<FileIndex>();
    builder.Services.AddTransient<RenderReport>().AddScoped<ReportFile>();
    builder.Services.AddSingleton<Indexer>().AddHostedService(services => services.GetRequiredService<Indexer>());
    if (input.Once)
        builder.WebHost.UseUrls("http://127.0.0.1:0");

    await using var app = builder.Build();
    app.MapHealthChecks("/health", new HealthCheckOptions
    {
        ResponseWriter = (context, report) => context.Response.WriteAsync(string.Join(
            '\n', report.Entries.Select(entry => $"{entry.Key}: {entry.Value.Status}. {entry.Value.Description}"))),
    });
    app.MapGet("/report", () => File.Exists(input.Report) ? Results.File(input.Report, "text/markdown") : Results.NotFound());
    await app.StartAsync();

    var indexer = app.Services.GetRequiredService<Indexer>();
    await indexer.ExecuteTask!.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    if (indexer.Report is null)
    {
        await app.StopAsync();
        return indexer.ExecuteTask.IsFaulted ? Failed : Interrupted;
    }

    if (!input.Once)
    {
        await app.WaitForShutdownAsync();
        return Done;
    }

    var faults = await Check.Faults(input, app.Services.GetRequiredService<FileIndex>(), app.Urls.First());
    await app.StopAsync();
    foreach (var fault in faults)
        Console.Error.WriteLine(fault);
    return faults.Count == 0 ? Done : Failed;
}
