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

public class StopTests
{
    private static readonly TimeSpan s_long = Limits.Wait;

    [Fact]
    [Guarantee("H2")]
    public async Task It_waits_for_what_runs_takes_no_more_and_cancels_what_has_not_begun()
    {
        await using var host = await TestHost.Started(akka => akka.WithStageGate(options => options.StopTimeout = s_long));
        using var gate = new Gate();
        var running = Run(host, _ => Pass(gate));
        gate.WaitUntilEntered();
        var queued = Run(host, _ => 2);

        var stop = host.Stop();
        await Task.WhenAny(queued.Completion).WaitAsync(Limits.Wait);
        Assert.True(queued.IsCanceled);
        Assert.Throws<InvalidOperationException>(() => Run(host, _ => 3));
        Assert.False(stop.IsCompleted);
        gate.Open();
        await stop;

        Assert.Equal(1, running.GetResult(Limits.Wait));
        Assert.Equal(new PipelineCounts(0, 0, 1, 0, 1), host.Scheduler.Snapshot().Pipelines);
        Assert.Equal(
            [
                "The scheduler 'stagegate' is there, at /user/stagegate.",
                "The scheduler 'stagegate' stops: it has up to 00:01:00. Pipelines that have not begun are canceled.",
                "The scheduler 'stagegate' has stopped. Nothing was running any more.",
            ],
            host.Log.Entries.Select(entry => entry.Text));
    }

    [Fact]
    [Guarantee("H2")]
    public async Task It_runs_what_has_not_begun_where_it_is_to_drain()
    {
        await using var host = await TestHost.Started(akka => akka.WithStageGate(options =>
        {
            options.DrainOnStop = true;
            options.StopTimeout = s_long;
        }));
        using var gate = new Gate();
        var running = Run(host, _ => Pass(gate));
        gate.WaitUntilEntered();
        var queued = Run(host, _ => 2);

        var stop = host.Stop();
        Assert.True(SpinWait.SpinUntil(() => host.Scheduler.ShutdownStarted, Limits.Wait));
        gate.Open();
        await stop;

        Assert.Equal(1, running.GetResult(Limits.Wait));
        Assert.Equal(2, queued.GetResult(Limits.Wait));
        Assert.Contains(host.Log.Entries, entry => entry.Text.EndsWith("Pipelines that have not begun are run.", StringComparison.Ordinal));
    }

    [Fact]
    [Guarantee("H2")]
    public async Task What_outlasts_the_time_is_asked_to_terminate_and_named()
    {
        await using var host = await TestHost.Started(akka => akka.WithStageGate("index", options =>
        {
            options.StopTimeout = TimeSpan.Zero;
            options.TerminationGrace = s_long;
            options.TaskParallelism = 2;
            options.PipelineParallelism = 2;
        }));
        using var first = new ManualResetEventSlim();
        using var second = new ManualResetEventSlim();
        TaskHandle? task = null;
        var pipeline = host.Named("index").RunPipeline(
            new ScriptedPipeline<int>(controls =>
            {
                controls.StageForward();
                task = controls.NewTask(token => WaitForCancellation(first, token)).Named("chapter").Run();
                return controls.Wait([task]).Done.Count;
            }),
            "books");
        Assert.True(first.Wait(Limits.Wait));
        host.Named("index").RunPipeline(new ScriptedPipeline<int>(controls =>
        {
            controls.NewTask(token => WaitForCancellation(second, token)).Run();
            return 0;
        })).GetResult(Limits.Wait);
        Assert.True(second.Wait(Limits.Wait));

        await host.Stop();

        Assert.Equal(TaskState.Terminated, task!.State);
        Assert.Equal(1, pipeline.GetResult(Limits.Wait));
        Assert.Equal(
            "The scheduler 'index' asks to terminate what still ran after 00:00:00: " +
            "pipeline 1 'books' (stage 1), task 1 'chapter' of pipeline 1 'books', task 2 of pipeline 2.",
            host.Log.Single(LogLevel.Warning).Text);
        Assert.Equal("The scheduler 'index' has stopped. Nothing was running any more.", host.Log.Entries[^1].Text);
    }

    [Fact]
    [Guarantee("H2", "N3")]
    public async Task What_does_not_terminate_is_left_behind_by_name_and_the_host_stops()
    {
        await using var host = await TestHost.Started(akka => akka
            .AddHocon("akka.coordinated-shutdown.phases.actor-system-terminate.timeout = 1s", HoconAddMode.Append)
            .WithStageGate(options => options.StopTimeout = options.TerminationGrace = TimeSpan.Zero));
        using var gate = new Gate();
        var stubborn = Run(host, controls => controls.NewTask(() => Pass(gate)).Named("deaf").Run().GetResult(), "stubborn");
        gate.WaitUntilEntered();

        await host.Stop();

        Assert.Equal(
            "The scheduler 'stagegate' leaves behind what did not terminate within 00:00:00: " +
            "pipeline 1 'stubborn' (stage 0), task 1 'deaf' of pipeline 1 'stubborn'. Its threads end with the process; the actor system " +
            "waits for them as long as akka.coordinated-shutdown.phases.actor-system-terminate.timeout says.",
            host.Log.Single(LogLevel.Error).Text);
        Assert.IsType<SchedulerTerminatedException>(stubborn.GetException(Limits.Wait));
        gate.Open();
    }

    [Fact]
    public async Task Without_work_there_is_nothing_to_complain_of_even_where_no_time_is_given()
    {
        await using var host = await TestHost.Started(akka => akka
            .WithStageGate(options => options.StopTimeout = options.TerminationGrace = TimeSpan.Zero));
        Run(host, controls => controls.NewTask(() => 1).Run().GetResult()).GetResult(Limits.Wait);

        await host.Stop();

        Assert.DoesNotContain(host.Log.Entries, entry => entry.Level > LogLevel.Information);
        Assert.Equal("The scheduler 'stagegate' has stopped. Nothing was running any more.", host.Log.Entries[^1].Text);
    }

    [Fact]
    public async Task Schedulers_stop_side_by_side()
    {
        await using var host = await TestHost.Started(akka => akka
            .WithStageGate("a", options => options.StopTimeout = s_long)
            .WithStageGate("b", options => options.StopTimeout = s_long));
        using var first = new Gate();
        using var second = new Gate();
        var a = host.Named("a").RunPipeline(new ScriptedPipeline<int>(_ => Pass(first)));
        var b = host.Named("b").RunPipeline(new ScriptedPipeline<int>(_ => Pass(second)));
        first.WaitUntilEntered();
        second.WaitUntilEntered();

        var stop = host.Stop();
        second.Open();
        Assert.Equal(1, b.GetResult(Limits.Wait));
        await host.Named("b").CloseAsync().WaitAsync(Limits.Wait);
        Assert.False(stop.IsCompleted);
        first.Open();
        await stop;

        Assert.Equal(1, a.GetResult(Limits.Wait));
    }

    [Fact]
    public async Task A_task_that_stops_the_host_itself_is_waited_for_like_any_other()
    {
        await using var host = await TestHost.Started(akka => akka.WithStageGate(options => options.StopTimeout = s_long));
        Task? stop = null;

        var pipeline = Run(host, controls => controls.NewTask(() =>
        {
            stop = host.Stop();

            // It is still inside when the scheduler is being closed.
            Assert.True(SpinWait.SpinUntil(() => host.Scheduler.ShutdownStarted, Limits.Wait));
            return 1;
        }).Run().GetResult());

        Assert.Equal(1, pipeline.GetResult(Limits.Wait));
        await stop!.WaitAsync(Limits.Wait);
        Assert.Equal(new PipelineCounts(0, 0, 1, 0, 0), host.Scheduler.Snapshot().Pipelines);
        Assert.DoesNotContain(host.Log.Entries, entry => entry.Level > LogLevel.Information);
    }

    [Fact]
    [Guarantee("H7")]
    public async Task A_scheduler_that_has_died_does_not_hold_up_the_stop()
    {
        await using var host = await TestHost.Started(akka => akka.WithStageGate(options => options.StopTimeout = s_long));
        await host.Kill();

        await host.Stop();

        Assert.True(host.Scheduler.IsClosed);
        Assert.Equal("The scheduler 'stagegate' was closed, or had died, before the host began to stop.", host.Log.Entries[^1].Text);
    }

    [Fact]
    [Guarantee("H7")]
    public async Task The_end_of_the_actor_system_stops_the_schedulers_in_the_same_way()
    {
        await using var host = await TestHost.Started(akka => akka.WithStageGate(options => options.StopTimeout = s_long));
        using var gate = new Gate();
        var running = Run(host, _ => Pass(gate));
        gate.WaitUntilEntered();

        var end = host.System.Terminate();
        Assert.True(SpinWait.SpinUntil(() => host.Scheduler.ShutdownStarted, Limits.Wait));
        gate.Open();
        await end.WaitAsync(Limits.Wait);

        Assert.Equal(1, running.GetResult(Limits.Wait));
    }

    [Fact]
    public async Task Pipelines_that_would_have_been_drained_are_counted_where_the_time_runs_out()
    {
        await using var host = await TestHost.Started(akka => akka.WithStageGate(options =>
        {
            options.DrainOnStop = true;
            options.StopTimeout = TimeSpan.Zero;
            options.TerminationGrace = s_long;
        }));
        using var gate = new Gate();
        _ = Run(host, _ => Pass(gate), "first");
        gate.WaitUntilEntered();
        var queued = new[] { Run(host, _ => 2), Run(host, _ => 3) };

        var stop = host.Stop();
        await Task.WhenAny(queued[1].Completion).WaitAsync(Limits.Wait);
        gate.Open();
        await stop;

        Assert.All(queued, handle => Assert.True(handle.IsCanceled));
        Assert.Equal(
            "The scheduler 'stagegate' asks to terminate what still ran after 00:00:00: " +
            "pipeline 1 'first' (stage 0), 2 pipelines not begun.",
            host.Log.Single(LogLevel.Warning).Text);
    }

    private static PipelineHandle<int> Run(TestHost host, Func<IPipelineControls, int> script, string? name = null) =>
        host.Scheduler.RunPipeline(new ScriptedPipeline<int>(script), name);

    private static int Pass(Gate gate)
    {
        gate.Pass();
        return 1;
    }

    private static void WaitForCancellation(ManualResetEventSlim begun, CancellationToken token)
    {
        begun.Set();
        Assert.True(token.WaitHandle.WaitOne(Limits.Wait));
        token.ThrowIfCancellationRequested();
    }
}
