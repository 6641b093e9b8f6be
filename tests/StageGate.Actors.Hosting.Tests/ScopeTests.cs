using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StageGate.Actors.Hosting.Tests.Support;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Hosting.Tests;

public class ScopeTests
{
    private readonly Probe _probe = new();

    [Fact]
    [Guarantee("H4")]
    public async Task Each_submission_has_a_scope_of_its_own_and_its_pipeline_shares_it()
    {
        await using var host = await Started();

        host.Runner.RunPipeline<Twice>().GetResult(Limits.Wait);
        host.Runner.RunPipeline<Twice>().GetResult(Limits.Wait);

        await _probe.NextDisposal();
        await _probe.NextDisposal();
        Assert.Equal([1, 1], _probe.Made.Select(service => service.Disposals));
    }

    [Fact]
    [Guarantee("H4")]
    public async Task The_scope_lives_until_the_last_task_of_the_pipeline_has_ended_although_its_Run_has_returned()
    {
        await using var host = await Started();
        using var gate = new Gate();
        var handle = Submit(host, controls =>
        {
            controls.NewTask(gate.Pass).Run();
            return 0;
        });
        gate.WaitUntilEntered();
        handle.GetResult(Limits.Wait);
        Assert.Equal(0, _probe.Made.Single().Disposals);

        gate.Open();

        await _probe.NextDisposal();
        Assert.Equal(1, _probe.Made.Single().Disposals);
    }

    [Fact]
    [Guarantee("H4")]
    public async Task A_pipeline_that_fails_or_is_canceled_gives_up_its_scope()
    {
        await using var host = await Started();
        using var gate = new Gate();
        var failing = Submit(host, _ =>
        {
            gate.Pass();
            throw new InvalidDataException();
        });
        gate.WaitUntilEntered();
        var canceled = Submit(host, _ => 0);

        Assert.True(canceled.Cancel());
        await _probe.NextDisposal();
        Assert.Equal([0, 1], _probe.Made.Select(service => service.Disposals));

        gate.Open();
        Assert.IsType<InvalidDataException>(failing.GetException(Limits.Wait));
        await _probe.NextDisposal();
        Assert.Equal([1, 1], _probe.Made.Select(service => service.Disposals));
    }

    [Fact]
    [Guarantee("H4")]
    public async Task A_pipeline_that_is_refused_gives_up_its_scope()
    {
        await using var host = await Started();
        host.Scheduler.Shutdown();

        Assert.Throws<InvalidOperationException>(() => Submit(host, _ => 0));

        Assert.Equal(1, _probe.Made.Single().Disposals);
    }

    [Fact]
    public async Task A_constructor_that_throws_leaves_no_scope_and_its_exception_is_the_callers()
    {
        await using var host = await Started();

        var thrown = Assert.Throws<InvalidDataException>(() => host.Runner.RunPipeline<Stillborn>());

        Assert.Equal("stillborn", thrown.Message);
        Assert.Equal(1, _probe.Made.Single().Disposals);
        Assert.Equal(0, host.Scheduler.Snapshot().Pipelines.Total);
    }

    [Fact]
    [Guarantee("H4")]
    public async Task Where_the_engine_dies_every_scope_is_given_up()
    {
        await using var host = await Started();
        using var gate = new Gate();
        var running = Submit(host, _ =>
        {
            gate.Pass();
            return 0;
        });
        gate.WaitUntilEntered();
        var queued = Submit(host, _ => 0);

        var killed = host.Kill();

        Assert.IsType<SchedulerTerminatedException>(running.GetException(Limits.Wait));
        Assert.IsType<SchedulerTerminatedException>(queued.GetException(Limits.Wait));
        await _probe.NextDisposal();
        await _probe.NextDisposal();
        gate.Open();
        await killed;
        Assert.Throws<SchedulerTerminatedException>(() => Submit(host, _ => 0));
        Assert.Equal([1, 1, 1], _probe.Made.Select(service => service.Disposals));
    }

    [Fact]
    public async Task An_exception_of_a_disposal_is_logged_with_the_name_of_the_pipeline()
    {
        await using var host = await Started();
        _probe.Fault = new InvalidDataException("cannot let go");

        Submit(host, _ => 0, "books").GetResult(Limits.Wait);
        await _probe.NextDisposal();
        await host.Stop();

        var entry = host.Log.Single(LogLevel.Error);
        Assert.Equal("The service scope of pipeline 1 'books' in the scheduler 'stagegate' could not be disposed of.", entry.Text);
        Assert.Same(_probe.Fault, entry.Exception);
    }

    [Fact]
    public async Task An_exception_of_a_disposal_does_not_hide_why_a_pipeline_was_refused()
    {
        await using var host = await Started();
        _probe.Fault = new IOException("cannot let go");

        Assert.Throws<InvalidDataException>(() => host.Runner.RunPipeline<Stillborn>());

        var entry = host.Log.Single(LogLevel.Error);
        Assert.Equal(
            "The service scope of a Stillborn that was not accepted in the scheduler 'stagegate' could not be disposed of.", entry.Text);
    }

    [Fact]
    public async Task The_stop_of_the_host_waits_for_scopes_that_are_being_disposed_of()
    {
        var host = await Started();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _probe.Held = held.Task;
        Submit(host, _ => 0).GetResult(Limits.Wait);

        var stop = host.Stop();
        await host.Scheduler.CloseAsync().WaitAsync(Limits.Wait);
        await host.AWhile();
        Assert.False(host.System.WhenTerminated.IsCompleted);
        held.SetResult();
        await stop;

        Assert.Equal(1, _probe.Made.Single().Disposals);
        await host.DisposeAsync();
    }

    [Fact]
    public async Task It_waits_for_the_scope_of_a_submission_that_has_not_returned_as_well()
    {
        var host = await Started();
        using var gate = new Gate();
        var submission = Bounded.OnOwnThread(() => Record.Exception(() => host.Runner.RunPipeline(services =>
        {
            services.GetRequiredService<ScopedService>();
            gate.Pass();
            return new ScriptedPipeline<int>(_ => 0);
        })));
        gate.WaitUntilEntered();

        var stop = host.Stop();
        await host.Scheduler.CloseAsync().WaitAsync(Limits.Wait);
        await host.AWhile();
        Assert.False(host.System.WhenTerminated.IsCompleted);
        gate.Open();
        await stop;

        Assert.IsType<InvalidOperationException>(submission.Ends());
        Assert.Equal(1, _probe.Made.Single().Disposals);
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Ten_thousand_submissions_leave_no_scope_open()
    {
        await using var host = await Started();
        var handles = Enumerable.Range(0, 10_000).Select(_ => host.Runner.RunPipeline<Twice>()).ToList();
        await Task.WhenAll(handles.Select(handle => handle.Completion)).WaitAsync(Limits.Wait);

        await host.Stop();

        Assert.Equal(10_000, _probe.Made.Count);
        Assert.All(_probe.Made, service => Assert.Equal(1, service.Disposals));
        Assert.Equal(0, HostedSchedulers.Of(host.Services).Get(null).Scopes.Count);
    }

    private Task<TestHost> Started() => TestHost.Started(
        akka => akka.WithStageGate(options => options.TerminationGrace = Limits.Wait),
        services => services.AddSingleton(_probe).AddScoped<ScopedService>().AddTransient<Twice>().AddTransient<Stillborn>());

    [Fact]
    [Guarantee("H4")]
    public async Task Who_has_submitted_a_pipeline_does_not_dispose_of_its_scope_however_soon_it_ends()
    {
        const int submissions = 300;
        await using var host = await Started();

        Bounded.OnOwnThread(() =>
        {
            for (var i = 0; i < submissions; i++)
                host.Runner.RunPipeline<Twice>();
        }).Ends();

        for (var i = 0; i < submissions; i++)
            await _probe.NextDisposal();
        Assert.False(_probe.WasDisposedWhereMade);
    }

    private static PipelineHandle<int> Submit(TestHost host, Func<IPipelineControls, int> script, string? name = null) =>
        host.Runner.RunPipeline(
            services =>
            {
                services.GetRequiredService<ScopedService>();
                return new ScriptedPipeline<int>(script);
            },
            name);

    private sealed class Twice(ScopedService first, ScopedService second) : Pipeline
    {
        protected override void Run()
        {
            Assert.Same(first, second);
            Assert.Equal(0, first.Disposals);
        }
    }

    private sealed class Stillborn : Pipeline
    {
        public Stillborn(ScopedService service)
        {
            Assert.Equal(0, service.Disposals);
            throw new InvalidDataException("stillborn");
        }

        protected override void Run() => Assert.Fail("It was never made.");
    }
}
