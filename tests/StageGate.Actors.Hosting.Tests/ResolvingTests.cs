using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StageGate.Actors.Hosting.Tests.Support;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Hosting.Tests;

public class ResolvingTests
{
    private sealed class Key;

    [Fact]
    public async Task The_unnamed_scheduler_is_resolved_plainly_and_its_actor_by_its_key()
    {
        await using var host = await TestHost.Started(akka => akka.WithStageGate(options => options.Resources["cpu"] = 4));

        var actor = host.Services.GetRequiredService<IRequiredActor<SchedulerActor>>().ActorRef;

        Assert.Same(host.Scheduler, host.Scheduler);
        Assert.Equal(host.Scheduler.ActorRef, actor);
        Assert.Equal("/user/stagegate/scheduler", actor.Path.ToStringWithoutAddress());
        var snapshot = await actor.Ask<SchedulerSnapshot>(SchedulerProtocol.GetSnapshot.Instance, Limits.Wait);
        Assert.Equal([new ResourceUsage("cpu", 4, 0)], snapshot.Resources);
    }

    [Fact]
    public async Task Named_schedulers_are_keyed_services_and_run_side_by_side()
    {
        await using var host = await TestHost.Started(akka => akka
            .WithStageGate<Key>("index", options => options.PipelineParallelism = 2)
            .WithStageGate("report", options => options.PipelineParallelism = 3)
            .WithStageGate(options => options.PipelineParallelism = 4));
        Scheduler[] all = [host.Named("index"), host.Named("report"), host.Scheduler];

        Assert.Equal([2, 3, 4], all.Select(scheduler => scheduler.Snapshot().PipelineParallelism));
        Assert.Equal(all[0].ActorRef, host.Services.GetRequiredService<IRequiredActor<Key>>().ActorRef);
        Assert.Equal("/user/report/scheduler", all[1].ActorRef.Path.ToStringWithoutAddress());
        await all[0].CloseAsync();
        Assert.Equal([true, false, false], all.Select(scheduler => scheduler.ShutdownStarted));
    }

    [Fact]
    public async Task A_hosted_service_gets_schedulers_in_its_constructor_although_the_host_has_not_started_yet()
    {
        await using var host = await TestHost.Started(
            akka => akka.WithStageGate(_ => { }).WithStageGate("index", _ => { }),
            services => services.AddHostedService<EarlyBird>());

        var early = host.Services.GetServices<IHostedService>().OfType<EarlyBird>().Single();

        Assert.Equal(7, await early.Result);
        Assert.Same(host.Scheduler, early.Scheduler);
        Assert.Same(host.Named("index"), early.Index);
        Assert.Equal(host.Scheduler.ActorRef, host.Services.GetRequiredService<IRequiredActor<SchedulerActor>>().ActorRef);
    }

    [Fact]
    [Guarantee("H6")]
    public async Task A_scheduler_that_was_resolved_before_the_start_is_the_one_that_the_host_starts_and_stops()
    {
        await using var host = new TestHost(akka => akka.WithStageGate(_ => { }));
        var early = host.Scheduler;
        Assert.Equal(7, early.RunPipeline(new ScriptedPipeline<int>(_ => 7)).GetResult(Limits.Wait));

        await host.Start();
        Assert.Same(early, host.Scheduler);
        await host.Stop();

        Assert.True(early.IsClosed);
    }

    [Fact]
    [Guarantee("H6")]
    public async Task A_host_that_is_disposed_of_without_having_started_closes_what_was_resolved()
    {
        Scheduler scheduler;
        await using (var host = new TestHost(akka => akka.WithStageGate(_ => { })))
            scheduler = host.Scheduler;

        Assert.True(scheduler.IsClosed);
    }

    [Fact]
    public async Task A_scheduler_that_was_never_added_is_refused_with_what_there_is()
    {
        await using var host = await TestHost.Started(akka => akka.WithStageGate("index", _ => { }).WithStageGate("report", _ => { }));

        var plain = Assert.Throws<InvalidOperationException>(() => host.Scheduler);
        var keyed = Assert.Throws<InvalidOperationException>(() => host.Named("Index"));
        var runner = Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredKeyedService<IPipelineRunner>(5));

        Assert.Equal(
            "The host has no unnamed scheduler. It has: 'index', 'report'. Add it with WithStageGate(...), where Akka.NET is configured.",
            plain.Message);
        Assert.Equal(
            "The host has no scheduler 'Index'. It has: 'index', 'report'. " +
            "Add it with WithStageGate(name, ...), where Akka.NET is configured.",
            keyed.Message);
        Assert.StartsWith("The host has no scheduler '5'.", runner.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_without_any_scheduler_says_so()
    {
        await using var host = await TestHost.Started(_ => { });

        var refusal = Assert.Throws<InvalidOperationException>(() => host.Scheduler);

        Assert.StartsWith("The host has no unnamed scheduler. It has: none.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_without_Akka_says_so()
    {
        using var services = new ServiceCollection().AddStageGate().BuildServiceProvider();

        var refusal = Assert.Throws<InvalidOperationException>(services.GetRequiredService<IPipelineRunner>);

        Assert.Equal("The host has no Akka.NET. Call services.AddAkka(...), and WithStageGate(...) in it.", refusal.Message);
    }

    [Fact]
    public async Task Adding_the_services_twice_changes_nothing()
    {
        await using var host = await TestHost.Started(akka => akka.WithStageGate(_ => { }), services => services.AddStageGate());

        Assert.Single(host.Services.GetServices<Scheduler>());
        Assert.Single(host.Services.GetServices<IPipelineRunner>());
    }

    [Fact]
    public async Task Actors_that_are_configured_after_the_scheduler_find_it_in_the_registry()
    {
        IActorRef? found = null;
        await using var host = await TestHost.Started(akka => akka
            .WithStageGate(_ => { })
            .WithActors((_, registry) => found = registry.Get<SchedulerActor>()));

        Assert.Equal(host.Scheduler.ActorRef, found);
    }

    private sealed class EarlyBird(
        Scheduler scheduler,
        [FromKeyedServices("index")] Scheduler index,
        IPipelineRunner runner) : IHostedService
    {
        public Scheduler Scheduler { get; } = scheduler;

        public Scheduler Index { get; } = index;

        public PipelineHandle<int> Result { get; } = runner.RunPipeline(_ => new ScriptedPipeline<int>(_ => 7));

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
