using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;

namespace StageGate.Actors.Hosting.Pipelines;

/// <summary>Builds pipelines in scopes of their own, and submits them to one scheduler of the host.</summary>
internal sealed class PipelineRunner(IServiceProvider root, HostedScheduler hosted) : IPipelineRunner
{
    private readonly IServiceScopeFactory _scopes = root.GetRequiredService<IServiceScopeFactory>();

    public PipelineHandle RunPipeline<TPipeline>(string? name = null)
        where TPipeline : PipelineBase =>
        Run<TPipeline>(Build<TPipeline>, name);

    public PipelineHandle<TResult> RunPipeline<TPipeline, TResult>(string? name = null)
        where TPipeline : PipelineBase
    {
        if (!typeof(TPipeline).IsAssignableTo(typeof(Pipeline<TResult>))
            && !typeof(TPipeline).IsAssignableTo(typeof(AsyncPipeline<TResult>)))
        {
            throw new InvalidOperationException($"{typeof(TPipeline)} is no pipeline with a result of the type {typeof(TResult)}.");
        }

        return (PipelineHandle<TResult>)Run<TPipeline>(Build<TPipeline>, name);
    }

    public PipelineHandle RunPipeline(Func<IServiceProvider, PipelineBase> factory, string? name = null) => Run(factory, name);

    public PipelineHandle<TResult> RunPipeline<TResult>(Func<IServiceProvider, Pipeline<TResult>> factory, string? name = null) =>
        (PipelineHandle<TResult>)Run(factory, name);

    public PipelineHandle<TResult> RunPipeline<TResult>(Func<IServiceProvider, AsyncPipeline<TResult>> factory, string? name = null) =>
        (PipelineHandle<TResult>)Run(factory, name);

    private PipelineHandle Run<TPipeline>(Func<IServiceProvider, TPipeline> factory, string? name)
        where TPipeline : PipelineBase
    {
        ArgumentNullException.ThrowIfNull(factory);
        var scheduler = hosted.Started ?? StartNow();
        var scope = _scopes.CreateAsyncScope();
        var closed = hosted.Scopes.Open();
        PipelineHandle handle;
        try
        {
            var pipeline = factory(scope.ServiceProvider)
                ?? throw new InvalidOperationException("The factory made no pipeline; it must make a new one for each call.");
            handle = scheduler.RunPipeline((PipelineBase)pipeline, name);
        }
        catch
        {
            hosted.Scopes.CloseUnused(scope, closed, $"a {typeof(TPipeline).Name} that was not accepted");
            throw;
        }

        hosted.Scopes.CloseAfter(handle, scope, closed);
        return handle;
    }

    private Scheduler StartNow() => HostedSchedulers.Of(root).Start(hosted, root.GetRequiredService<ActorSystem>());

    private static TPipeline Build<TPipeline>(IServiceProvider services)
        where TPipeline : PipelineBase =>
        services.GetService<TPipeline>() ?? throw new InvalidOperationException(
            $"The pipeline {typeof(TPipeline)} has no DI registration. " +
            $"Register it, as in services.AddTransient<{typeof(TPipeline).Name}>(), or build it with a factory.");
}
