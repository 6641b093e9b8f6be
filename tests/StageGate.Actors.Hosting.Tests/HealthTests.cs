using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using StageGate.Actors.Hosting.Tests.Support;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Hosting.Tests;

public class HealthTests
{
    [Fact]
    public async Task Each_scheduler_has_three_checks_named_and_tagged_as_Akka_Hosting_does()
    {
        await using var host = await TestHost.Started(akka => akka.WithStageGate(_ => { }).WithStageGate("index", _ => { }));

        var registrations = host.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations;

        Assert.Equal(
            [
                "stagegate.index.live: akka, liveness, stagegate",
                "stagegate.index.ready: akka, ready, stagegate",
                "stagegate.index.stuck: akka, stagegate, stuck",
                "stagegate.live: akka, liveness, stagegate",
                "stagegate.ready: akka, ready, stagegate",
                "stagegate.stuck: akka, stagegate, stuck",
            ],
            registrations.Select(check => $"{check.Name}: {string.Join(", ", check.Tags.Order())}").Order());
        Assert.All(registrations, check => Assert.Equal(HealthStatus.Unhealthy, check.FailureStatus));
    }

    [Fact]
    [Guarantee("H5")]
    public async Task A_scheduler_that_works_is_healthy_also_while_its_work_takes_long()
    {
        await using var host = await TestHost.Started(akka => akka.WithStageGate(options => options.StuckAfter = TimeSpan.FromTicks(1)));
        using var gate = new Gate();
        _ = host.Scheduler.RunPipeline(new ScriptedPipeline<int>(controls =>
        {
            controls.NewTask(() => { }).Run();
            var slow = controls.NewTask(gate.Pass).Run();
            controls.NewTask(() => { }).Run();
            slow.GetResult();
            return 0;
        }));
        gate.WaitUntilEntered();

        Assert.All(await host.Health(), check => Assert.Equal(HealthStatus.Healthy, check.Value.Status));
        Assert.All(await host.Health(), check => Assert.Equal(HealthStatus.Healthy, check.Value.Status));
        gate.Open();
    }

    [Fact]
    public async Task Before_the_start_nothing_is_healthy()
    {
        await using var host = new TestHost(akka => akka.WithStageGate(_ => { }));

        Assert.All(await host.Health(), check => Assert.Equal("The scheduler 'stagegate' has not started.", check.Value.Description));
        Assert.All(await host.Health(), check => Assert.Equal(HealthStatus.Unhealthy, check.Value.Status));
    }

    [Fact]
    [Guarantee("H5")]
    public async Task A_scheduler_that_is_shutting_down_lives_and_is_not_ready()
    {
        await using var host = await TestHost.Started(akka => akka.WithStageGate(_ => { }));
        host.Scheduler.Shutdown();

        var health = await host.Health();

        Assert.Equal((HealthStatus.Healthy, "The scheduler 'stagegate' answers."), Of(health, "live"));
        Assert.Equal((HealthStatus.Unhealthy, "The scheduler 'stagegate' is shutting down."), Of(health, "ready"));
        Assert.Equal((HealthStatus.Healthy, "The scheduler 'stagegate' makes progress where it can."), Of(health, "stuck"));
    }

    [Fact]
    public async Task A_scheduler_that_has_died_is_not_healthy_and_the_others_are()
    {
        await using var host = await TestHost.Started(akka => akka.WithStageGate(_ => { }).WithStageGate("index", _ => { }));
        await host.Kill("index");

        var health = await host.Health();

        foreach (var check in new[] { "index.live", "index.ready", "index.stuck" })
            Assert.Equal((HealthStatus.Unhealthy, "The scheduler 'index' is closed, or has died."), Of(health, check));
        Assert.Equal(HealthStatus.Healthy, Of(health, "live").Status);
    }

    [Fact]
    [Guarantee("H5")]
    public async Task A_scheduler_that_does_not_answer_in_its_time_is_not_alive()
    {
        using var held = new HeldWorkers();
        await using var host = await TestHost.Started(akka => akka.AddHocon(held.Hocon, HoconAddMode.Append).WithStageGate(options =>
        {
            options.SchedulerDispatcher = "held";
            options.HealthCheckTimeout = TimeSpan.FromMilliseconds(1);
        }));

        var health = await host.Health();

        Assert.Equal((HealthStatus.Unhealthy, "The scheduler 'stagegate' did not answer within 00:00:00.0010000."), Of(health, "live"));
        Assert.Equal(HealthStatus.Unhealthy, Of(health, "stuck").Status);
        held.Dispose();
    }

    [Fact]
    [Guarantee("H5")]
    public async Task A_task_that_its_worker_never_begins_makes_the_scheduler_stuck()
    {
        var time = new ManualTime();
        using var workers = new HeldWorkers();
        await using var host = await TestHost.Started(
            akka => akka.AddHocon(workers.Hocon, HoconAddMode.Append).WithStageGate(options =>
            {
                options.WorkerDispatcher = "held";
                options.StuckAfter = TimeSpan.FromSeconds(30);
            }),
            services => services.AddSingleton<TimeProvider>(time));
        using var submitted = new Gate();
        var pipeline = host.Scheduler.RunPipeline(new ScriptedPipeline<int>(controls =>
        {
            var task = controls.NewTask(() => 7).Run();
            submitted.Pass();
            return task.GetResult();
        }));
        submitted.WaitUntilEntered();
        submitted.Open();

        Assert.Equal(HealthStatus.Healthy, Of(await host.Health(), "stuck").Status);
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(HealthStatus.Healthy, Of(await host.Health(), "stuck").Status);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(
            (HealthStatus.Unhealthy, "The scheduler 'stagegate' is stuck: for 00:00:30, work could begin, and none did."),
            Of(await host.Health(), "stuck"));

        workers.Dispose();
        Assert.Equal(7, pipeline.GetResult(Limits.Wait));
        Assert.Equal(HealthStatus.Healthy, Of(await host.Health(), "stuck").Status);
    }

    private static (HealthStatus Status, string? Description) Of(IReadOnlyDictionary<string, HealthReportEntry> health, string check) =>
        (health[$"stagegate.{check}"].Status, health[$"stagegate.{check}"].Description);

    private sealed class ManualTime : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Volatile.Read(ref _now);

        public void Advance(TimeSpan by) => Interlocked.Add(ref _now, by.Ticks);
    }
}
