using System.Globalization;

namespace StageGate.Actors.Hosting.Health;

/// <summary>Whether work that could begin does not.</summary>
internal sealed class StuckCheck(HostedScheduler hosted) : SchedulerCheck(hosted)
{
    private readonly StuckDetector _detector = new(hosted.Options.StuckAfter);

    protected override string Fine => "makes progress where it can";

    protected override async Task<string?> FaultOf(Scheduler scheduler, CancellationToken cancellationToken)
    {
        if (await Ask(scheduler, cancellationToken).ConfigureAwait(false) is not { } snapshot)
            return NoAnswer();

        var stuck = _detector.Look(snapshot, Hosted.Time.GetElapsedTime(startingTimestamp: 0));
        return stuck is { } time
            ? string.Create(CultureInfo.InvariantCulture, $"is stuck: for {time}, work could begin, and none did")
            : null;
    }
}
