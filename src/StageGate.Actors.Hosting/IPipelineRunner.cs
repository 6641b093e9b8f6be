using System.Runtime.CompilerServices;

namespace StageGate.Actors.Hosting;

/// <summary>
/// Submits pipelines that dependency injection builds, with all that they need, to a scheduler of the host. Each submission has a
/// service scope of its own, which lives until the pipeline and all tasks that it submitted have ended, in whatever way.
/// </summary>
/// <remarks>
/// The pipeline is built by the call itself, on its thread, and then waits in line like any other. Resolve the plain service for the
/// unnamed scheduler, and the one keyed by its name for a named scheduler. It may be injected anywhere, also into hosted services.
/// </remarks>
public interface IPipelineRunner
{
    /// <summary>Builds a pipeline of a registered type, and submits it.</summary>
    /// <typeparam name="TPipeline">
    /// The type, with or without a result. It must be registered, best as transient: a pipeline runs once.
    /// </typeparam>
    /// <param name="name">A name to show.</param>
    /// <returns>The handle; of the pipeline's result type, where it has one.</returns>
    /// <exception cref="InvalidOperationException">
    /// The type is not registered, or the scheduler takes no more pipelines, or it had this very instance before.
    /// </exception>
    PipelineHandle RunPipeline<TPipeline>(string? name = null)
        where TPipeline : PipelineBase;

    /// <summary>Builds a pipeline of a registered type, and submits it.</summary>
    /// <typeparam name="TPipeline">The type. It must be registered, best as transient: a pipeline runs once.</typeparam>
    /// <typeparam name="TResult">The type of its result.</typeparam>
    /// <param name="name">A name to show.</param>
    /// <returns>The handle.</returns>
    /// <exception cref="InvalidOperationException">
    /// The type is not registered, its result is of another type, the scheduler takes no more pipelines, or it had this very instance
    /// before.
    /// </exception>
    PipelineHandle<TResult> RunPipeline<TPipeline, TResult>(string? name = null)
        where TPipeline : PipelineBase;

    /// <summary>Submits a pipeline of any kind that a function builds from the services of the submission's scope.</summary>
    /// <param name="factory">
    /// Makes the pipeline. The services that it takes from its argument live as long as the scope; what else it makes is its own to
    /// dispose of.
    /// </param>
    /// <param name="name">A name to show.</param>
    /// <returns>The handle; of the pipeline's result type, where it has one.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="factory"/> is null.</exception>
    /// <exception cref="InvalidOperationException">
    /// The scheduler takes no more pipelines, or it had this very instance before, or there is none.
    /// </exception>
    [OverloadResolutionPriority(-1)] // Where there is a result, the overload that knows its type is meant.
    PipelineHandle RunPipeline(Func<IServiceProvider, PipelineBase> factory, string? name = null);

    /// <summary>Submits a pipeline with a result that a function builds from the services of the submission's scope.</summary>
    /// <typeparam name="TResult">The type of its result.</typeparam>
    /// <inheritdoc cref="RunPipeline(Func{IServiceProvider, PipelineBase}, string?)"/>
    PipelineHandle<TResult> RunPipeline<TResult>(Func<IServiceProvider, Pipeline<TResult>> factory, string? name = null);

    /// <summary>Submits an async pipeline with a result that a function builds from the services of the submission's scope.</summary>
    /// <typeparam name="TResult">The type of its result.</typeparam>
    /// <inheritdoc cref="RunPipeline(Func{IServiceProvider, PipelineBase}, string?)"/>
    [OverloadResolutionPriority(-1)] // A factory that only throws is to compile.
    PipelineHandle<TResult> RunPipeline<TResult>(Func<IServiceProvider, AsyncPipeline<TResult>> factory, string? name = null);
}
