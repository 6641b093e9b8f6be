using Akka.Actor;
using StageGate.Actors;

namespace StageGate.Samples.Snippets;

/// <summary>README, "In your actor system".</summary>
public static class InYourActorSystem
{
    public static async Task<TResult> Run<TResult>(ActorSystem system, Pipeline<TResult> pipeline)
    {
        // begin-snippet
        var options = SchedulerOptions.FromConfig(system.Settings.Config);
        await using var scheduler = Scheduler.Attach(system, options, "archive");   // /user/archive
        return await scheduler.RunPipeline(pipeline);
        // end-snippet
    }
}
