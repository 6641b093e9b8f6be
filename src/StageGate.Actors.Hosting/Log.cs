using Microsoft.Extensions.Logging;

namespace StageGate.Actors.Hosting;

/// <summary>All that the hosting part says to the log.</summary>
internal static partial class Log
{
    public const string Category = "StageGate.Actors.Hosting";

    /// <summary>What a scheduler itself has to say.</summary>
    public const string SchedulerCategory = "StageGate.Actors";

    [LoggerMessage(1, LogLevel.Debug,
        "The scheduler '{Scheduler}' is there, at {Path}.")]
    public static partial void Started(this ILogger logger, string scheduler, string path);

    [LoggerMessage(2, LogLevel.Information,
        "The scheduler '{Scheduler}' stops: it has up to {StopTimeout}. Pipelines that have not begun are {Pending}.")]
    public static partial void Stopping(this ILogger logger, string scheduler, TimeSpan stopTimeout, string pending);

    [LoggerMessage(3, LogLevel.Information,
        "The scheduler '{Scheduler}' has stopped. Nothing was running any more.")]
    public static partial void Stopped(this ILogger logger, string scheduler);

    [LoggerMessage(4, LogLevel.Warning,
        "The scheduler '{Scheduler}' asks to terminate what still ran after {StopTimeout}: {Work}.")]
    public static partial void AskedToTerminate(this ILogger logger, string scheduler, TimeSpan stopTimeout, string work);

    [LoggerMessage(5, LogLevel.Error,
        "The scheduler '{Scheduler}' leaves behind what did not terminate within {TerminationGrace}: {Work}. Its threads end with the process; the actor system waits for them as long as akka.coordinated-shutdown.phases.actor-system-terminate.timeout says.")]
    public static partial void LeftBehind(this ILogger logger, string scheduler, TimeSpan terminationGrace, string work);

    [LoggerMessage(6, LogLevel.Warning,
        "The scheduler '{Scheduler}' does not wait any longer for {Count} service scopes that are being disposed of.")]
    public static partial void ScopesLeft(this ILogger logger, string scheduler, int count);

    [LoggerMessage(7, LogLevel.Error,
        "The service scope of {Pipeline} in the scheduler '{Scheduler}' could not be disposed of.")]
    public static partial void ScopeFault(this ILogger logger, Exception exception, string pipeline, string scheduler);

    [LoggerMessage(8, LogLevel.Warning, "The scheduler '{Scheduler}' warns: {Warning}")]
    public static partial void Warned(this ILogger logger, Exception? exception, string scheduler, string warning);

    [LoggerMessage(9, LogLevel.Information,
        "The scheduler '{Scheduler}' was closed, or had died, before the host began to stop.")]
    public static partial void HadEnded(this ILogger logger, string scheduler);

    /// <summary>Says something where nobody is to be harmed by a logger that throws.</summary>
    public static void Attempt(Action write)
    {
        try
        {
            write();
        }
        catch (Exception)
        {
            // There is nobody to tell, and the work that runs is not to be cut off over it.
        }
    }
}
