using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace StageGate.Actors.Hosting.Health;

/// <summary>What the health checks of a scheduler have in common: there must be one that lives.</summary>
internal abstract class SchedulerCheck(HostedScheduler hosted) : IAkkaHealthCheck
{
    protected HostedScheduler Hosted { get; } = hosted;

    public async Task<HealthCheckResult> CheckHealthAsync(AkkaHealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var fault = Hosted.Started switch
        {
            null => "has not started",
            { IsClosed: true } => "is closed, or has died",
            var scheduler => await FaultOf(scheduler, cancellationToken).ConfigureAwait(false),
        };
        return fault is null
            ? HealthCheckResult.Healthy($"The scheduler '{Hosted.Name}' {Fine}.")
            : new HealthCheckResult(context.Registration.FailureStatus, $"The scheduler '{Hosted.Name}' {fault}.");
    }

    /// <summary>What to say of the scheduler if nothing is wrong.</summary>
    protected abstract string Fine { get; }

    /// <summary>What is wrong with it, if anything.</summary>
    protected abstract Task<string?> FaultOf(Scheduler scheduler, CancellationToken cancellationToken);

    /// <summary>The scheduler's own answer, within a time of its own; <see langword="null"/>: there was none.</summary>
    protected async Task<SchedulerSnapshot?> Ask(Scheduler scheduler, CancellationToken cancellationToken)
    {
        try
        {
            return await scheduler.ActorRef
                .Ask<SchedulerSnapshot>(SchedulerProtocol.GetSnapshot.Instance, Hosted.Options.HealthCheckTimeout, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    protected string NoAnswer() => $"did not answer within {Hosted.Options.HealthCheckTimeout}";
}
