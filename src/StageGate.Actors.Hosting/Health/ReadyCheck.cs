namespace StageGate.Actors.Hosting.Health;

/// <summary>Whether the scheduler takes pipelines.</summary>
internal sealed class ReadyCheck(HostedScheduler hosted) : SchedulerCheck(hosted)
{
    protected override string Fine => "takes pipelines";

    protected override Task<string?> FaultOf(Scheduler scheduler, CancellationToken cancellationToken) =>
        Task.FromResult(scheduler.ShutdownStarted ? "is shutting down" : null);
}
