using Microsoft.Extensions.DependencyInjection;
using StageGate.Actors.Hosting.Tests.Support;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Hosting.Tests;

public class PipelineRunnerTests
{
    [Fact]
    public async Task A_registered_pipeline_is_built_with_all_that_it_needs()
    {
        await using var host = await Started();

        var handle = host.Runner.RunPipeline<Greet, string>("first");

        Assert.Equal("hello", handle.GetResult(Limits.Wait));
        Assert.Equal("first", handle.Name);
    }

    [Fact]
    public async Task A_pipeline_is_run_by_its_type_alone_and_its_handle_is_of_its_result_type()
    {
        await using var host = await Started();

        var handle = host.Runner.RunPipeline<Greet>();

        Assert.Equal("hello", Assert.IsType<PipelineHandle<string>>(handle).GetResult(Limits.Wait));
    }

    [Fact]
    public async Task A_pipeline_without_a_result_is_run_by_its_type()
    {
        await using var host = await Started();

        host.Runner.RunPipeline<Remember>().GetResult(Limits.Wait);

        Assert.Equal(["remembered"], host.Services.GetRequiredService<List<string>>());
    }

    [Fact]
    public async Task A_factory_builds_from_the_services_of_the_scope()
    {
        await using var host = await Started();

        var result = host.Runner.RunPipeline(services => new Answer(services.GetRequiredService<Greeting>()), "second");
        var none = host.Runner.RunPipeline(services => new Remember(services.GetRequiredService<List<string>>()));

        Assert.Equal("hello", result.GetResult(Limits.Wait));
        none.GetResult(Limits.Wait);
        Assert.Equal(["remembered"], host.Services.GetRequiredService<List<string>>());
    }

    [Fact]
    public async Task Async_pipelines_are_run_in_the_same_ways()
    {
        await using var host = await Started();

        Assert.Equal("hello", host.Runner.RunPipeline<GreetLater, string>().GetResult(Limits.Wait));
        Assert.Equal("hello", Assert.IsType<PipelineHandle<string>>(host.Runner.RunPipeline<GreetLater>()).GetResult(Limits.Wait));
        var built = host.Runner.RunPipeline(services => new GreetLater(services.GetRequiredService<Greeting>()));
        Assert.Equal("hello", built.GetResult(Limits.Wait));
        host.Runner.RunPipeline<RememberLater>().GetResult(Limits.Wait);
        host.Runner.RunPipeline(services => new RememberLater(services.GetRequiredService<List<string>>())).GetResult(Limits.Wait);
        Assert.Equal(["later", "later"], host.Services.GetRequiredService<List<string>>());
    }

    [Fact]
    public async Task A_result_of_another_type_is_refused_before_anything_is_built()
    {
        await using var host = await Started();

        var other = Assert.Throws<InvalidOperationException>(() => host.Runner.RunPipeline<Greet, int>());
        var none = Assert.Throws<InvalidOperationException>(() => host.Runner.RunPipeline<Remember, int>());

        Assert.Equal($"{typeof(Greet)} is no pipeline with a result of the type System.Int32.", other.Message);
        Assert.Equal($"{typeof(Remember)} is no pipeline with a result of the type System.Int32.", none.Message);
        Assert.Equal(0, host.Scheduler.Snapshot().Pipelines.Total);
    }

    [Fact]
    public async Task Runners_are_keyed_like_their_schedulers()
    {
        await using var host = await TestHost.Started(akka => akka.WithStageGate("a", _ => { }).WithStageGate("b", _ => { }), AddPipelines);

        host.Services.GetRequiredKeyedService<IPipelineRunner>("b").RunPipeline<Greet, string>().GetResult(Limits.Wait);

        Assert.Equal(0, host.Named("a").Snapshot().Pipelines.Total);
        Assert.Equal(1, host.Named("b").Snapshot().Pipelines.Succeeded);
    }

    [Fact]
    public async Task A_pipeline_without_a_registration_is_refused_by_name_and_the_scheduler_unharmed()
    {
        await using var host = await Started();

        var refusal = Assert.Throws<InvalidOperationException>(() => host.Runner.RunPipeline<Answer, string>());

        Assert.Equal(
            $"The pipeline {typeof(Answer)} has no DI registration. " +
            "Register it, as in services.AddTransient<Answer>(), or build it with a factory.",
            refusal.Message);
        Assert.Equal(refusal.Message, Assert.Throws<InvalidOperationException>(() => host.Runner.RunPipeline<Answer>()).Message);
        Assert.Equal(0, host.Scheduler.Snapshot().Pipelines.Total);
        Assert.Equal("hello", host.Runner.RunPipeline<Greet, string>().GetResult(Limits.Wait));
    }

    [Fact]
    public async Task A_service_that_the_pipeline_needs_and_that_is_not_registered_is_named()
    {
        await using var host = await TestHost.Started(akka => akka.WithStageGate(_ => { }), services => services.AddTransient<Greet>());

        var refusal = Assert.Throws<InvalidOperationException>(() => host.Runner.RunPipeline<Greet, string>());

        Assert.Contains(typeof(Greeting).ToString(), refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pipeline_that_is_registered_as_a_singleton_runs_once()
    {
        await using var host = await TestHost.Started(
            akka => akka.WithStageGate(_ => { }),
            services => services.AddSingleton<Greeting>().AddSingleton<Greet>());
        host.Runner.RunPipeline<Greet, string>().GetResult(Limits.Wait);

        var refusal = Assert.Throws<InvalidOperationException>(() => host.Runner.RunPipeline<Greet, string>());

        Assert.StartsWith("This Greet has been submitted before.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_factory_that_makes_nothing_is_refused()
    {
        await using var host = await Started();

        Assert.Throws<ArgumentNullException>("factory", () => host.Runner.RunPipeline((Func<IServiceProvider, Pipeline>)null!));
        Assert.Throws<ArgumentNullException>("factory", () => host.Runner.RunPipeline((Func<IServiceProvider, Pipeline<int>>)null!));
        Assert.Throws<InvalidOperationException>(() => host.Runner.RunPipeline(_ => (Pipeline)null!));
    }

    [Fact]
    public async Task A_pipeline_may_be_registered_by_what_it_derives_from()
    {
        await using var host = await TestHost.Started(
            akka => akka.WithStageGate(_ => { }),
            services => services.AddSingleton<Greeting>().AddTransient<PipelineBase, Greet>().AddTransient<Pipeline<string>, Greet>());

        var any = Assert.IsType<PipelineHandle<string>>(host.Runner.RunPipeline<PipelineBase>());

        Assert.Equal("hello", any.GetResult(Limits.Wait));
        Assert.Equal("hello", host.Runner.RunPipeline<Pipeline<string>, string>().GetResult(Limits.Wait));
    }

    [Fact]
    public async Task After_the_stop_a_pipeline_is_refused()
    {
        await using var host = await Started();
        await host.Stop();

        Assert.Throws<InvalidOperationException>(() => host.Runner.RunPipeline<Greet, string>());
    }

    private static Task<TestHost> Started() => TestHost.Started(akka => akka.WithStageGate(_ => { }), AddPipelines);

    private static void AddPipelines(IServiceCollection services) =>
        services.AddSingleton<Greeting>().AddSingleton<List<string>>().AddTransient<Greet>().AddTransient<Remember>()
            .AddTransient<GreetLater>().AddTransient<RememberLater>();

    private sealed class Greeting
    {
        public string Text { get; } = "hello";
    }

    private sealed class Greet(Greeting greeting) : Pipeline<string>
    {
        protected override string Run() => NewTask(() => greeting.Text).Run().GetResult();
    }

    private sealed class GreetLater(Greeting greeting) : AsyncPipeline<string>
    {
        protected override async Task<string> RunAsync(CancellationToken cancellationToken) => await NewTask(() => greeting.Text).Run();
    }

    private sealed class RememberLater(List<string> memory) : AsyncPipeline
    {
        protected override Task RunAsync(CancellationToken cancellationToken)
        {
            memory.Add("later");
            return Task.CompletedTask;
        }
    }

    private sealed class Answer(Greeting greeting) : Pipeline<string>
    {
        protected override string Run() => greeting.Text;
    }

    private sealed class Remember(List<string> memory) : Pipeline
    {
        protected override void Run() => memory.Add("remembered");
    }
}
