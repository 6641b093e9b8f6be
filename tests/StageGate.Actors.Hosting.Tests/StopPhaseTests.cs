using Akka.Actor;
using Akka.Hosting;
using Akka.Pattern;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StageGate.Actors.Hosting.Tests.Support;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Hosting.Tests;

/// <summary>How long the stop may take is said by the options alone.</summary>
public class StopPhaseTests
{
    private static readonly TimeSpan s_long = Limits.Wait;

    [Theory]
    [InlineData("akka.coordinated-shutdown.default-phase-timeout = 1ms", 27)]
    [InlineData("", 27)]
    [InlineData("akka.coordinated-shutdown.phases.service-requests-done.timeout = 1ms", 27)]
    [InlineData("akka.coordinated-shutdown.phases.service-requests-done.timeout = 90s", 90)]
    [InlineData("akka.coordinated-shutdown.default-phase-timeout = 90s", 90)]
    public async Task The_phase_is_as_long_as_its_slowest_scheduler_may_take_and_never_shorter_than_it_was(string hocon, int seconds)
    {
        await using var host = await TestHost.Started(akka => akka
            .AddHocon(hocon, HoconAddMode.Append)
            .WithStageGate("quick", options => options.StopTimeout = TimeSpan.FromSeconds(1))
            .WithStageGate("slow", options =>
            {
                options.StopTimeout = TimeSpan.FromSeconds(20);
                options.TerminationGrace = TimeSpan.FromSeconds(1);
            })
            .WithStageGate("instant", options => options.StopTimeout = TimeSpan.Zero));

        var phase = CoordinatedShutdown.Get(host.System).Timeout("service-requests-done");

        Assert.Equal(TimeSpan.FromSeconds(seconds), phase);
    }

    [Fact]
    [Guarantee("H3")]
    public async Task A_tiny_default_for_phases_does_not_cut_the_stop_short()
    {
        await using var host = await TestHost.Started(akka => akka
            .AddHocon("akka.coordinated-shutdown.default-phase-timeout = 1ms", HoconAddMode.Append)
            .WithStageGate(options => options.StopTimeout = s_long));
        using var gate = new Gate();
        var running = Run(host, _ => Pass(gate));
        gate.WaitUntilEntered();

        var stop = host.Stop();

        // By the clock that ends phases: a phase of 1 ms, begun before, would have ended before this.
        await AkkaClockGoesOn(host);
        Assert.False(stop.IsCompleted);
        gate.Open();
        await stop;

        Assert.Equal(1, running.GetResult(Limits.Wait));
    }

    [Fact]
    [Guarantee("H3")]
    public async Task The_hosts_own_limit_does_not_cut_the_stop_short()
    {
        await using var host = await TestHost.Started(
            akka => akka.WithStageGate(options => options.StopTimeout = s_long),
            services => services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromTicks(1)));
        using var gate = new Gate();
        var running = Run(host, _ => Pass(gate));
        gate.WaitUntilEntered();

        var stop = host.Stop();
        Assert.True(SpinWait.SpinUntil(() => host.Scheduler.ShutdownStarted, Limits.Wait));
        await AkkaClockGoesOn(host);
        Assert.False(stop.IsCompleted);
        gate.Open();
        await stop;

        Assert.Equal(1, running.GetResult(Limits.Wait));
    }

    [Fact]
    [Guarantee("N18")]
    public async Task Work_that_does_not_terminate_holds_up_the_stop_for_as_long_as_Akka_waits_for_its_last_phase()
    {
        await using var host = await TestHost.Started(akka => akka
            .AddHocon("akka.coordinated-shutdown.phases.actor-system-terminate.timeout = 1000s", HoconAddMode.Append)
            .WithStageGate(options => options.StopTimeout = options.TerminationGrace = TimeSpan.Zero));
        using var gate = new Gate();
        var stubborn = Run(host, _ => Pass(gate));
        gate.WaitUntilEntered();

        var stop = host.Stop();

        // By then both time-outs are over, and the scheduler has given up.
        Assert.True(SpinWait.SpinUntil(() => host.Log.Entries.Any(entry => entry.Level == LogLevel.Error), Limits.Wait));
        Assert.IsType<SchedulerTerminatedException>(stubborn.GetException(Limits.Wait));
        await AkkaClockGoesOn(host);
        Assert.False(stop.IsCompleted);
        gate.Open();
        await stop;
    }

    [Fact]
    public async Task HOCON_that_shortens_the_phase_again_is_refused_at_host_start()
    {
        await using var host = new TestHost(akka => akka
            .WithStageGate("index", options => options.StopTimeout = TimeSpan.FromSeconds(20))
            .AddHocon("akka.coordinated-shutdown.phases.service-requests-done.timeout = 2s", HoconAddMode.Prepend));

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(host.Start);

        Assert.Equal(
            "akka.coordinated-shutdown.phases.service-requests-done.timeout is 00:00:02, " +
            "and StageGateOptions.StopTimeout of the scheduler 'index' with grace and margin takes 00:00:35: " +
            "raise the one or lower the other.",
            refusal.Message);
    }

    private static PipelineHandle<int> Run(TestHost host, Func<IPipelineControls, int> script, string? name = null) =>
        host.Scheduler.RunPipeline(new ScriptedPipeline<int>(script), name);

    private static int Pass(Gate gate)
    {
        gate.Pass();
        return 1;
    }

    /// <summary>By the clock that ends phases: one that was due after 1 ms has ended when this does.</summary>
    private static Task<int> AkkaClockGoesOn(TestHost host) =>
        FutureTimeoutSupport.After(TimeSpan.FromMilliseconds(100), host.System.Scheduler, () => Task.FromResult(0)).WaitAsync(Limits.Wait);
}
