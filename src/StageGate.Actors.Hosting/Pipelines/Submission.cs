using System.Reflection;

namespace StageGate.Actors.Hosting.Pipelines;

/// <summary>Submits pipelines of a type that may have a result or not, by the overload of the scheduler that is meant for it.</summary>
internal static class Submission<TPipeline>
    where TPipeline : PipelineBase
{
    /// <summary>Bound once for each type of pipeline.</summary>
    public static readonly Func<Scheduler, TPipeline, string?, PipelineHandle> Submit = Bind();

    private static Func<Scheduler, TPipeline, string?, PipelineHandle> Bind()
    {
        if (typeof(TPipeline).IsAssignableTo(typeof(Pipeline)))
            return static (scheduler, pipeline, name) => scheduler.RunPipeline((Pipeline)(PipelineBase)pipeline, name);

        for (var type = typeof(TPipeline); type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Pipeline<>))
            {
                return typeof(Submission<TPipeline>)
                    .GetMethod(nameof(SubmitWithResult), BindingFlags.NonPublic | BindingFlags.Static)!
                    .MakeGenericMethod(type.GetGenericArguments())
                    .CreateDelegate<Func<Scheduler, TPipeline, string?, PipelineHandle>>();
            }
        }

        return static (_, _, _) => throw new InvalidOperationException(
            $"{typeof(TPipeline)} is no type of pipeline that can be submitted as it is: name the class that derives from Pipeline or Pipeline<TResult>.");
    }

    private static PipelineHandle<TResult> SubmitWithResult<TResult>(Scheduler scheduler, TPipeline pipeline, string? name) =>
        scheduler.RunPipeline((Pipeline<TResult>)(PipelineBase)pipeline, name);
}
