namespace StageGate.Actors.Hosting.Health;

/// <summary>Whether the scheduler answers.</summary>
internal sealed class LiveCheck(HostedScheduler hosted) : SchedulerCheck(hosted)
{
    protected override string Fine => "answers";

    protected override async Task<string?> FaultOf(Scheduler scheduler, CancellationToken cancellationToken) =>
        await Ask(scheduler, cancellationToken).ConfigureAwait(false) is null ? NoAnswer() : null;
}
