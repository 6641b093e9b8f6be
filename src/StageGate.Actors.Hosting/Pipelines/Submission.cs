using System.Reflection;

namespace StageGate.Actors.Hosting.Pipelines;

/// <summary>Submits pipelines of a type that may be blocking or async, with a result or without, by the overload meant for it.</summary>
internal static class Submission<TPipeline>
    where TPipeline : PipelineBase
{
    private static readonly (Func<Scheduler, TPipeline, string?, PipelineHandle> Submit, Type? Result) s_bound = Bind();

    public static PipelineHandle Submit(Scheduler scheduler, TPipeline pipeline, string? name) => s_bound.Submit(scheduler, pipeline, name);

    /// <exception cref="InvalidOperationException">The pipeline has no such result.</exception>
    public static void Expect(Type result)
    {
        if (s_bound.Result != result)
        {
            throw new InvalidOperationException(
                $"The result of {typeof(TPipeline)} is of the type {s_bound.Result?.ToString() ?? "void"}, not {result}.");
        }
    }

    private static (Func<Scheduler, TPipeline, string?, PipelineHandle> Submit, Type? Result) Bind()
    {
        for (var type = typeof(TPipeline); type is not null; type = type.BaseType)
        {
            if (type == typeof(Pipeline))
                return (static (scheduler, pipeline, name) => scheduler.RunPipeline((Pipeline)(PipelineBase)pipeline, name), null);
            if (type == typeof(AsyncPipeline))
                return (static (scheduler, pipeline, name) => scheduler.RunPipeline((AsyncPipeline)(PipelineBase)pipeline, name), null);
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Pipeline<>))
                return WithResult(nameof(RunBlocking), type.GetGenericArguments()[0]);
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(AsyncPipeline<>))
                return WithResult(nameof(RunAsync), type.GetGenericArguments()[0]);
        }

        return (static (_, _, _) => throw new InvalidOperationException(
            $"{typeof(TPipeline)} is no type of pipeline that can be submitted as it is: " +
            "name the class that derives from Pipeline or AsyncPipeline."), null);
    }

    private static (Func<Scheduler, TPipeline, string?, PipelineHandle> Submit, Type? Result) WithResult(string method, Type result) =>
        (typeof(Submission<TPipeline>)
            .GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(result)
            .CreateDelegate<Func<Scheduler, TPipeline, string?, PipelineHandle>>(), result);

    private static PipelineHandle<TResult> RunBlocking<TResult>(Scheduler scheduler, TPipeline pipeline, string? name) =>
        scheduler.RunPipeline((Pipeline<TResult>)(PipelineBase)pipeline, name);

    private static PipelineHandle<TResult> RunAsync<TResult>(Scheduler scheduler, TPipeline pipeline, string? name) =>
        scheduler.RunPipeline((AsyncPipeline<TResult>)(PipelineBase)pipeline, name);
}
