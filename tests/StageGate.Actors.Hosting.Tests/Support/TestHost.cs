using Akka.Actor;
using Akka.Hosting;
using Akka.Pattern;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Hosting.Tests.Support;

/// <summary>A real host, which is stopped at the end of the test if it was started and is still there.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly IHost _host;
    private bool _started;

    /// <param name="akka">Configures Akka.NET.</param>
    /// <param name="services">Adds services.</param>
    /// <param name="settings">The configuration of the host.</param>
    public TestHost(
        Action<AkkaConfigurationBuilder> akka,
        Action<IServiceCollection>? services = null,
        params (string Key, string? Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => setting.Value));
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log);
        builder.Services.AddStageGate();
        builder.Services.AddHealthChecks();
        builder.Services.AddAkka("test", (configuration, _) =>
        {
            configuration.AddHocon(Quiet, HoconAddMode.Append);
            akka(configuration);
        });
        services?.Invoke(builder.Services);
        _host = builder.Build();
    }

    public CapturedLog Log { get; } = new();

    public IServiceProvider Services => _host.Services;

    public ActorSystem System => Services.GetRequiredService<ActorSystem>();

    public Scheduler Scheduler => Services.GetRequiredService<Scheduler>();

    public IPipelineRunner Runner => Services.GetRequiredService<IPipelineRunner>();

    private static string Quiet =>
        """
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          log-dead-letters = off
          coordinated-shutdown.run-by-clr-shutdown-hook = off
        }
        """;

    public static async Task<TestHost> Started(
        Action<AkkaConfigurationBuilder> akka,
        Action<IServiceCollection>? services = null,
        params (string Key, string? Value)[] settings)
    {
        var host = new TestHost(akka, services, settings);
        await host.Start();
        return host;
    }

    public Scheduler Named(string name) => Services.GetRequiredKeyedService<Scheduler>(name);

    public async Task Start()
    {
        await _host.StartAsync().WaitAsync(Limits.Wait);
        _started = true;
    }

    public async Task Stop()
    {
        _started = false;
        await _host.StopAsync().WaitAsync(Limits.Wait);
    }

    /// <summary>
    /// Long enough for a stop that is cut short to have ended, as a rule. Where it is not, a test that should fail passes by luck; none fails by luck.
    /// </summary>
    public Task AWhile() =>
        FutureTimeoutSupport.After(TimeSpan.FromMilliseconds(100), System.Scheduler, () => Task.FromResult(0)).WaitAsync(Limits.Wait);

    /// <summary>Stops the actors of a scheduler under it, as a fault would.</summary>
    public async Task Kill(string name = "stagegate")
    {
        var root = await System.ActorSelection($"/user/{name}").ResolveOne(Limits.Wait);
        Assert.True(await root.GracefulStop(Limits.Wait));
    }

    public async Task<IReadOnlyDictionary<string, HealthReportEntry>> Health() =>
        (await Services.GetRequiredService<HealthCheckService>().CheckHealthAsync().WaitAsync(Limits.Wait)).Entries;

    public async ValueTask DisposeAsync()
    {
        if (_started)
            await Stop();
        await ((IAsyncDisposable)_host).DisposeAsync().AsTask().WaitAsync(Limits.Wait);
    }
}
