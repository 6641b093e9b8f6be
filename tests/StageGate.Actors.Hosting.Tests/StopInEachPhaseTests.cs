using Akka.Hosting;
using StageGate.Actors.Hosting.Tests.Support;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Hosting.Tests;

/// <summary>The host stops in every phase of its scheduler's life: the stop ends, and so does every handle.</summary>
public class StopInEachPhaseTests
{
    private static readonly Dictionary<string, Func<TestHost, Task>> s_phases = new()
    {
        ["before anything was asked"] = _ => Task.CompletedTask,
        ["with work in every state"] = _ => Task.CompletedTask,
        ["while it shuts down"] = host => Task.Run(() => host.Scheduler.Shutdown()),
        ["while it shuts down and has canceled what was pending"] = host =>
            Task.Run(() => host.Scheduler.Shutdown(cancelPendingPipelines: true)),
        ["while all is asked to end"] = host => Task.Run(() => host.Scheduler.RequestTermination()),
        ["while it is being closed"] = host =>
        {
            _ = host.Scheduler.CloseAsync();
            return Task.CompletedTask;
        },
        ["when it has died"] = host =>
        {
            // Its end comes when the gates are open; its handles end at once.
            host.System.Stop(((Akka.Actor.ActorRefWithCell)host.Scheduler.ActorRef).Parent);
            return Task.CompletedTask;
        },
    };

    public static TheoryData<string> Phases => [.. s_phases.Keys];

    [Theory]
    [MemberData(nameof(Phases))]
    [Guarantee("H2", "H7")]
    public async Task The_stop_ends_and_so_does_every_handle(string phase)
    {
        await using var host = await TestHost.Started(akka => akka.WithStageGate(options =>
        {
            options.StopTimeout = Limits.Wait;
            options.TaskParallelism = 1;
            options.Resources["cpu"] = 1;
        }));
        using var gate = new Gate();
        var scheduler = host.Scheduler;
        var handles = new List<WorkHandle>();
        if (phase != "before anything was asked")
        {
            handles.Add(scheduler.RunPipeline(new ScriptedPipeline<int>(controls =>
            {
                var running = controls.NewTask(gate.Pass).Requires("cpu", 1).Run();
                return controls.Wait([running, controls.NewTask(() => { }).Requires("cpu", 1).Run()]).Done.Count;
            })));
            handles.Add(scheduler.RunPipeline(new ScriptedPipeline<int>(_ => 1)));
            gate.WaitUntilEntered();
        }

        await s_phases[phase](host).WaitAsync(Limits.Wait);
        var stop = host.Stop();
        gate.Open();
        await stop;

        Assert.All(handles, handle => Assert.True(handle.IsDone));
        Assert.True(scheduler.IsClosed);
        var snapshot = scheduler.Snapshot();
        Assert.Equal((0, 0), (snapshot.Tasks.Queued, snapshot.Tasks.Admitted));
        Assert.Equal(0, Assert.Single(snapshot.Resources).InUse);
        Assert.ThrowsAny<InvalidOperationException>(() => scheduler.RunPipeline(new ScriptedPipeline<int>(_ => 1)));
    }

    [Fact]
    [Guarantee("H6")]
    public async Task A_host_that_was_never_started_stops_and_a_scheduler_that_was_resolved_before_the_start_stops_with_it()
    {
        await using (var idle = new TestHost(akka => akka.WithStageGate(_ => { })))
            await idle.Stop();

        await using var host = new TestHost(akka => akka.WithStageGate(_ => { }));
        var scheduler = host.Scheduler;
        Assert.Equal(7, scheduler.RunPipeline(new ScriptedPipeline<int>(_ => 7)).GetResult(Limits.Wait));
        await host.Start();
        await host.Stop();

        Assert.True(scheduler.IsClosed);
    }

    [Theory]
    [InlineData("-10675199.02:48:05.4775808")]
    [InlineData("-00:00:00.0000001")]
    [InlineData("7.00:00:00.0000001")]
    [InlineData("10675199.02:48:05.4775807")]
    [Guarantee("H1")]
    public async Task Times_at_the_ends_are_refused_whichever_option_they_are_for(string time)
    {
        var value = TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
        await using var host = new TestHost(akka => akka.WithStageGate(options =>
            options.StopTimeout = options.TerminationGrace = options.HealthCheckTimeout = options.StuckAfter = value));

        var refusal = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(host.Start);

        Assert.Equal(4, refusal.Failures.Count());
    }
}
