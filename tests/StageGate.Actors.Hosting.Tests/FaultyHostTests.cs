using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StageGate.Actors.Hosting.Tests.Support;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Hosting.Tests;

/// <summary>A stop that is begun in strange places, or in a host whose services throw, is the same stop.</summary>
public class FaultyHostTests
{
    [Fact]
    [Guarantee("H2", "X6")]
    public async Task A_clock_that_throws_does_not_cut_the_stop_short()
    {
        await using var host = await TestHost.Started(
            akka => akka.WithStageGate(options => options.StopTimeout = Limits.Wait),
            services => services.AddSingleton<TimeProvider>(new BrokenClock()));

        await AssertWaitsForWhatRuns(host);
    }

    [Fact]
    [Guarantee("H2", "X6")]
    public async Task A_clock_whose_timers_throw_when_they_are_disposed_of_does_no_harm()
    {
        var clock = new SourTimers();
        await using var host = await TestHost.Started(
            akka => akka.WithStageGate(options => options.StopTimeout = Limits.Wait), services => services.AddSingleton<TimeProvider>(clock));

        await AssertWaitsForWhatRuns(host);
        Assert.True(clock.HaveThrown);
        Assert.Equal("The scheduler 'stagegate' has stopped. Nothing was running any more.", host.Log.Entries[^1].Text);
    }

    [Fact]
    [Guarantee("H2", "X6")]
    public async Task A_logger_that_throws_does_not_cut_the_stop_short()
    {
        var log = new BrokenLog();
        await using var host = await TestHost.Started(
            akka => akka.WithStageGate(options => options.StopTimeout = Limits.Wait),
            services => services.AddSingleton<ILoggerProvider>(log));
        log.IsBroken = true;

        await AssertWaitsForWhatRuns(host);
        Assert.True(log.HasThrown);
    }

    [Fact]
    [Guarantee("H6", "H2")]
    public async Task A_scheduler_whose_first_line_of_log_throws_is_there_and_is_stopped_all_the_same()
    {
        var log = new BrokenLog { IsBroken = true };
        var host = new TestHost(
            akka => akka.WithStageGate(options => options.StopTimeout = Limits.Wait), services => services.AddSingleton<ILoggerProvider>(log));

        await Assert.ThrowsAnyAsync<Exception>(host.Start);
        var scheduler = host.Scheduler;
        log.IsBroken = false;
        Assert.Same(scheduler, host.Scheduler);

        await host.DisposeAsync();
        Assert.True(scheduler.IsClosed);
    }

    [Fact]
    [Guarantee("H7", "H2", "X6")]
    public async Task A_stop_that_begins_with_the_actor_system_is_not_cut_short_where_the_host_does_not_take_it()
    {
        var log = new BrokenLog();
        await using var host = await TestHost.Started(
            akka => akka.WithStageGate(options => options.StopTimeout = Limits.Wait), services => services.AddSingleton<ILoggerProvider>(log));
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() => throw new InvalidOperationException("Not now."));
        log.BreaksAll = log.IsBroken = true;
        using var gate = new Gate();
        var running = host.Scheduler.RunPipeline(new ScriptedPipeline<int>(_ =>
        {
            gate.Pass();
            return 1;
        }));
        gate.WaitUntilEntered();

        var shutdown = CoordinatedShutdown.Get(host.System).Run(CoordinatedShutdown.UnknownReason.Instance);
        Assert.True(SpinWait.SpinUntil(() => host.Scheduler.ShutdownStarted && log.HasThrown, Limits.Wait));
        await Task.WhenAny(shutdown, host.AWhile());
        Assert.False(running.IsDone);
        gate.Open();

        Assert.Equal(1, running.GetResult(Limits.Wait));
        await shutdown.WaitAsync(Limits.Wait);
        log.BreaksAll = log.IsBroken = false;
    }

    [Fact]
    [Guarantee("H7")]
    public async Task A_stop_that_a_task_of_the_scheduler_begins_waits_for_that_task_and_is_not_refused()
    {
        await using var host = await TestHost.Started(akka => akka.WithStageGate(options => options.StopTimeout = Limits.Wait));
        var system = host.System;
        Task? shutdown = null;

        var pipeline = host.Scheduler.RunPipeline(new ScriptedPipeline<bool>(controls => controls.NewTask(() =>
        {
            shutdown = CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.UnknownReason.Instance);

            // The stop is in progress: it may not call itself one from inside.
            return SpinWait.SpinUntil(() => host.Scheduler.ShutdownStarted, Limits.Wait);
        }).Run().GetResult(Limits.Wait)));

        Assert.True(pipeline.GetResult(Limits.Wait));
        await shutdown!.WaitAsync(Limits.Wait);
        Assert.Equal("The scheduler 'stagegate' has stopped. Nothing was running any more.", host.Log.Entries[^1].Text);
    }

    private static async Task AssertWaitsForWhatRuns(TestHost host)
    {
        using var gate = new Gate();
        var running = host.Scheduler.RunPipeline(new ScriptedPipeline<int>(_ =>
        {
            gate.Pass();
            return 1;
        }));
        var scheduler = host.Scheduler;
        gate.WaitUntilEntered();

        var stop = host.Stop();
        Assert.True(SpinWait.SpinUntil(() => scheduler.ShutdownStarted, Limits.Wait));
        await Task.WhenAny(stop, host.AWhile());
        Assert.False(running.IsDone);
        gate.Open();

        Assert.Equal(1, running.GetResult(Limits.Wait));
        await stop;
        Assert.True(scheduler.IsClosed);
    }

    private sealed class BrokenClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => throw new InvalidOperationException("The clock is broken.");

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            throw new InvalidOperationException("The clock is broken.");
    }

    private sealed class SourTimers : TimeProvider
    {
        public volatile bool HaveThrown;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new Timer(this, base.CreateTimer(callback, state, dueTime, period));

        private sealed class Timer(SourTimers clock, ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

            public void Dispose()
            {
                timer.Dispose();
                clock.HaveThrown = true;
                throw new InvalidOperationException("The timer is broken.");
            }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return default;
            }
        }
    }

    private sealed class BrokenLog : ILoggerProvider
    {
        public volatile bool IsBroken;
        public volatile bool BreaksAll;
        public volatile bool HasThrown;

        public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

        public void Dispose()
        {
        }

        private sealed class Category(BrokenLog log, string name) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (!log.IsBroken || (!log.BreaksAll && !name.StartsWith("StageGate", StringComparison.Ordinal)))
                    return;

                log.HasThrown = true;
                throw new InvalidOperationException("The log is broken.");
            }
        }
    }
}
