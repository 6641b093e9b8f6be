using Akka.Hosting;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using StageGate.Actors.Hosting;
using StageGate.Samples.Embedded;

const int Done = 0, Failed = 1, CannotBegin = 2, Interrupted = 130;
try
{
    var input = Input.Parse(args);
    new ReportFile(input).Prepare();
    return await Run(input);
}
catch (Exception exception) when (exception is ArgumentException or OptionsValidationException or IOException)
{
    Console.Error.WriteLine(exception.Message);
    if (exception is ArgumentException)
        Console.Error.WriteLine(Input.Usage);
    return CannotBegin;
}

static async Task<int> Run(Input input)
{
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
    var configuration = builder.Configuration;
    builder.Services.AddStageGate();
    builder.Services.AddAkka("embedded", akka => akka
        // Signals stop the host, and the host stops Akka.NET. With handlers of its own, Akka.NET would go down first.
        .AddHocon("akka.coordinated-shutdown.run-by-clr-shutdown-hook = off", HoconAddMode.Prepend)
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
    var shutdown = app.WaitForShutdownAsync();
    IReadOnlyList<string> faults = [];
    if (input.Once)
    {
        await Task.WhenAny(indexer.ExecuteTask!, shutdown);
        if (indexer.Report is not null)
            faults = await Check.Faults(input, app.Services.GetRequiredService<FileIndex>(), app.Urls.First());
        app.Lifetime.StopApplication();
    }

    await shutdown;
    foreach (var fault in faults)
        Console.Error.WriteLine(fault);
    if (indexer.Report is null)
        return indexer.ExecuteTask!.IsFaulted ? Failed : Interrupted;
    return faults.Count == 0 ? Done : Failed;
}
