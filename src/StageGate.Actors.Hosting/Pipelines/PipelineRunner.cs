using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;

namespace StageGate.Actors.Hosting.Pipelines;

/// <summary>Builds pipelines in scopes of their own, and submits them to one scheduler of the host.</summary>
internal sealed class PipelineRunner(IServiceProvider root, HostedScheduler hosted) : IPipelineRunner
{
    private readonly IServiceScopeFactory _scopes = root.GetRequiredService<IServiceScopeFactory>();

    public PipelineHandle RunPipeline<TPipeline>(string? name = null)
        where TPipeline : PipelineBase =>
        Run(Build<TPipeline>, (scheduler, pipeline) => Submission<TPipeline>.Submit(scheduler, pipeline, name));

    public PipelineHandle<TResult> RunPipeline<TPipeline, TResult>(string? name = null)
        where TPipeline : Pipeline<TResult> =>
        Run(Build<TPipeline>, (scheduler, pipeline) => scheduler.RunPipeline(pipeline, name));

    public PipelineHandle RunPipeline(Func<IServiceProvider, Pipeline> factory, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return Run(factory, (scheduler, pipeline) => scheduler.RunPipeline(pipeline, name));
    }

    public PipelineHandle<TResult> RunPipeline<TResult>(Func<IServiceProvider, Pipeline<TResult>> factory, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return Run(factory, (scheduler, pipeline) => scheduler.RunPipeline(pipeline, name));
    }

    private THandle Run<TPipeline, THandle>(Func<IServiceProvider, TPipeline> build, Func<Scheduler, TPipeline, THandle> submit)
        where TPipeline : PipelineBase
        where THandle : PipelineHandle
    {
        var scheduler = hosted.Started ?? StartNow();
        var scope = _scopes.CreateAsyncScope();
        THandle handle;
        try
        {
            var pipeline = build(scope.ServiceProvider)
                ?? throw new InvalidOperationException($"The factory of {typeof(TPipeline).Name} made no pipeline; it must make a new one for each call.");
            handle = submit(scheduler, pipeline);
        }
        catch
        {
            hosted.Scopes.CloseUnused(scope, $"a {typeof(TPipeline).Name} that was not accepted");
            throw;
        }

        hosted.Scopes.CloseAfter(handle, scope);
        return handle;
    }

    private Scheduler StartNow() => HostedSchedulers.Of(root).Start(hosted, root.GetRequiredService<ActorSystem>());

    private static TPipeline Build<TPipeline>(IServiceProvider services)
        where TPipeline : PipelineBase =>
        services.GetService<TPipeline>() ?? throw new InvalidOperationException(
            $"The pipeline {typeof(TPipeline)} has no DI registration. Register it, as in services.AddTransient<{typeof(TPipeline).Name}>(), or build it with a factory.");
}
