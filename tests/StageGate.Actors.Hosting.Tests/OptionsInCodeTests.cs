using Akka.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StageGate.Actors.Hosting.Tests.Support;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Hosting.Tests;

public class OptionsInCodeTests
{
    private sealed class Key;

    [Fact]
    public async Task A_value_that_is_not_what_it_must_be_is_refused_at_host_start_by_the_name_of_the_property_and_of_the_scheduler()
    {
        await using var host = new TestHost(akka => akka.WithStageGate("index", options =>
        {
            options.Resources["cpu"] = -1;
            options.PipelineParallelism = 0;
            options.WorkerDispatcher = null!;
        }));

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(host.Start);

        Assert.Equal(
            [
                "StageGateOptions.Resources['cpu'] of the scheduler 'index' is -1; it must be zero or more.",
                "StageGateOptions.PipelineParallelism of the scheduler 'index' is 0; it must be 1 or more.",
                "StageGateOptions.WorkerDispatcher of the scheduler 'index' is null; it must be the id of a dispatcher.",
            ],
            refusal.Failures);
    }

    [Fact]
    public async Task A_dispatcher_that_does_not_exist_is_refused_before_any_scheduler_is_made()
    {
        await using var host = new TestHost(akka => akka
            .WithStageGate(_ => { })
            .WithStageGate("index", options => options.WorkerDispatcher = "nowhere"));

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(host.Start);

        Assert.Equal(
            "StageGateOptions.WorkerDispatcher of the scheduler 'index' is 'nowhere'; " +
            "it must be the id of a dispatcher that the actor system test has.",
            refusal.Message);
        Assert.Empty(host.Log.Entries);
    }

    [Fact]
    [Guarantee("H1")]
    public async Task A_dispatcher_that_cannot_be_made_is_refused_like_one_that_does_not_exist_and_with_it()
    {
        await using var host = new TestHost(akka => akka
            .AddHocon("unfit { type = \"No.Such.Type, Nowhere\" }", HoconAddMode.Prepend)
            .WithStageGate(options => options.CoordinatorDispatcher = "unfit")
            .WithStageGate("index", options => options.WorkerDispatcher = "nowhere"));

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(host.Start);

        Assert.StartsWith(
            "StageGateOptions.CoordinatorDispatcher of the scheduler 'stagegate' is 'unfit'; " +
            "it must be the id of a dispatcher that can be made, and it cannot: ",
            refusal.Failures.First(),
            StringComparison.Ordinal);
        Assert.Equal(
            "StageGateOptions.WorkerDispatcher of the scheduler 'index' is 'nowhere'; " +
            "it must be the id of a dispatcher that the actor system test has.",
            refusal.Failures.Last());
        Assert.Equal(2, refusal.Failures.Count());
        Assert.Empty(host.Log.Entries);
    }

    [Fact]
    [Guarantee("H1")]
    public async Task One_of_our_own_dispatchers_that_the_configuration_has_spoilt_is_refused_by_the_name_of_the_option()
    {
        await using var host = new TestHost(akka => akka
            .AddHocon("stagegate.dispatchers.worker { type = \"No.Such.Type, Nowhere\" }", HoconAddMode.Prepend)
            .WithStageGate("index", _ => { }));

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(host.Start);

        Assert.StartsWith(
            "StageGateOptions.WorkerDispatcher of the scheduler 'index' is wrong. ", Assert.Single(refusal.Failures), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("index", "index")]
    [InlineData("index", "INDEX")]
    [InlineData("stagegate", null)]
    public async Task Two_schedulers_of_one_name_are_refused_at_host_start(string first, string? second)
    {
        await using var host = new TestHost(akka =>
        {
            akka.WithStageGate(first, _ => { });
            _ = second is null ? akka.WithStageGate(_ => { }) : akka.WithStageGate(second, _ => { });
        });

        var refusal = await Assert.ThrowsAsync<ArgumentException>(host.Start);

        Assert.Equal(
            $"The host has a scheduler '{first}' already. Give each a name of its own; case makes no difference.", refusal.Message);
    }

    [Fact]
    public async Task Two_unnamed_schedulers_are_refused_at_host_start()
    {
        await using var host = new TestHost(akka => akka.WithStageGate(_ => { }).WithStageGate(_ => { }));

        await Assert.ThrowsAsync<ArgumentException>(host.Start);
    }

    [Fact]
    public async Task Two_schedulers_with_one_key_are_refused_at_host_start()
    {
        await using var host = new TestHost(akka => akka.WithStageGate<Key>("a", _ => { }).WithStageGate<Key>("b", _ => { }));

        var refusal = await Assert.ThrowsAsync<ArgumentException>(host.Start);

        Assert.Equal($"{typeof(Key)} is the key of another scheduler. Give 'b' a key of its own.", refusal.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("$a")]
    public void A_name_that_no_actor_can_have_is_refused(string name)
    {
        var refusal = Assert.Throws<ArgumentException>(() => Builder().WithStageGate(name, _ => { }));

        Assert.StartsWith($"'{name}' cannot be the name of a scheduler", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Null_is_refused()
    {
        Assert.Throws<ArgumentNullException>("configure", () => Builder().WithStageGate((Action<StageGateOptions>)null!));
        Assert.Throws<ArgumentNullException>("section", () => Builder().WithStageGate((IConfiguration)null!));
        Assert.Throws<ArgumentNullException>("name", () => Builder().WithStageGate(null!, _ => { }));
        Assert.Throws<ArgumentNullException>("builder", () => ((AkkaConfigurationBuilder)null!).WithStageGate(_ => { }));
        Assert.Throws<ArgumentNullException>("services", () => ((IServiceCollection)null!).AddStageGate());
    }

    [Fact]
    public async Task A_name_that_an_actor_of_the_users_has_is_refused_at_host_start()
    {
        await using var host = new TestHost(akka => akka
            .WithActors((system, _) => system.ActorOf(Akka.Actor.Props.Create(() => new Idle()), "index"))
            .WithStageGate("index", _ => { }));

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(host.Start);

        Assert.Equal(
            "The scheduler 'index' of the host cannot be started. The actor system test has an actor called 'index' already. "
            + "Give it another name or key in WithStageGate.",
            refusal.Message);
    }

    [Fact]
    public async Task A_dispatcher_of_the_users_own_is_taken()
    {
        await using var host = await TestHost.Started(akka => akka
            .AddHocon("mine { type = PinnedDispatcher, throughput = 1, shutdown-timeout = 0s }", HoconAddMode.Append)
            .WithStageGate(options => options.WorkerDispatcher = "mine"));

        var thread = host.Scheduler.RunPipeline(new ScriptedPipeline<string?>(
            controls => controls.NewTask(() => Thread.CurrentThread.Name).Run().GetResult()));

        Assert.Equal("mine_1", thread.GetResult(Limits.Wait));
    }

    private static AkkaConfigurationBuilder Builder() => new(new ServiceCollection(), "test");

    private sealed class Idle : Akka.Actor.ReceiveActor;
}
