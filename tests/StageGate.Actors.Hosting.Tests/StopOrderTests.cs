using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StageGate.Actors.Hosting.Tests.Support;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Hosting.Tests;

/// <summary>The stop of the schedulers among the other things that stop with a host.</summary>
public class StopOrderTests
{
    [Fact]
    [Guarantee("H2")]
    public async Task It_begins_before_the_hosted_services_stop_which_may_wait_for_the_pipelines_that_it_cancels()
    {
        using var gate = new Gate();
        await using var host = await TestHost.Started(
            akka => akka.WithStageGate(options => options.StopTimeout = Limits.Wait),
            services => services.AddSingleton(gate).AddHostedService<Awaiting>());
        gate.WaitUntilEntered();

        // The first one runs before the last one is submitted.
        Assert.True(SpinWait.SpinUntil(() => host.Scheduler.Snapshot().Pipelines.Total == 21, Limits.Wait));

        var stop = host.Stop();
        Assert.True(SpinWait.SpinUntil(() => host.Scheduler.Snapshot().Pipelines.Canceled == 20, Limits.Wait));
        Assert.Contains(host.Log.Entries, entry => entry.Text.Contains("stops", StringComparison.Ordinal));
        gate.Open();
        await stop;

        Assert.Equal(new PipelineCounts(0, 0, 1, 0, 20), host.Scheduler.Snapshot().Pipelines);
    }

    [Fact]
    public async Task Where_the_actor_system_goes_first_the_application_hears_of_it_at_once()
    {
        using var gate = new Gate();
        await using var host = await TestHost.Started(akka => akka.WithStageGate(options => options.StopTimeout = Limits.Wait));
        var running = host.Scheduler.RunPipeline(new ScriptedPipeline<int>(_ =>
        {
            gate.Pass();
            return 1;
        }));
        gate.WaitUntilEntered();
        var stopping = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

        _ = CoordinatedShutdown.Get(host.System).Run(CoordinatedShutdown.ClrExitReason.Instance);

        Assert.True(stopping.WaitHandle.WaitOne(Limits.Wait));
        Assert.Equal(PipelineState.Running, running.State);
        gate.Open();
        Assert.Equal(1, running.GetResult(Limits.Wait));
    }

    [Fact]
    public async Task Warnings_of_a_scheduler_have_a_category_of_their_own()
    {
        await using var host = await TestHost.Started(akka => akka.WithStageGate(_ => { }));
        using var gate = new Gate();
        host.Scheduler.RunPipeline(new ScriptedPipeline<int>(c =>
        {
            _ = c.NewTask(new Action(() =>
            {
                gate.Pass();
                throw new InvalidDataException("nobody sees this");
            })).Named("orphan").Run();
            return 1;
        })).GetResult(Limits.Wait);
        gate.Open();

        Assert.True(SpinWait.SpinUntil(() => host.Log.Entries.Any(entry => entry.Level == LogLevel.Warning), Limits.Wait));
        var warning = host.Log.Single(LogLevel.Warning);
        Assert.Equal("StageGate.Actors", warning.Category);
        Assert.Contains("task 1 'orphan'", warning.Text, StringComparison.Ordinal);
    }

    private sealed class Awaiting(Scheduler scheduler, Gate gate) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            var handles = Enumerable.Range(0, 21).Select(_ => scheduler.RunPipeline(new ScriptedPipeline<int>(_ =>
            {
                gate.Pass();
                return 1;
            }))).ToList();
            await scheduler.WaitPipelinesAsync(handles, cancellationToken: CancellationToken.None);
        }
    }
}
