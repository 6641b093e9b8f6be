using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;

namespace StageGate.Actors.Hosting.Stopping;

/// <summary>
/// The phase of the coordinated shutdown in which schedulers stop. A phase ends by its own time-out, 5 seconds unless somebody says
/// otherwise, so it is made as long as its slowest scheduler may take.
/// </summary>
internal static class StopPhase
{
    public const string Name = CoordinatedShutdown.PhaseServiceRequestsDone;

    private const string Phases = "akka.coordinated-shutdown";
    private const string TimeoutKey = $"{Phases}.phases.{Name}.timeout";
    private const string DefaultTimeoutKey = $"{Phases}.default-phase-timeout";

    /// <summary>For all but the waiting: the scopes that close, the report, and the way there.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(5);

    public static TimeSpan NeededFor(StageGateOptions options) => options.StopTimeout + (2 * options.TerminationGrace) + s_margin;

    /// <summary>Makes the phase long enough, and never shorter than it is. It must happen before the actor system is made.</summary>
    public static void Lengthen(AkkaConfigurationBuilder builder, StageGateOptions options)
    {
        var config = builder.Configuration.GetOrElse(Config.Empty).WithFallback(ConfigurationFactory.Default());
        var present = config.GetTimeSpan(TimeoutKey, config.GetTimeSpan(DefaultTimeoutKey));
        var needed = NeededFor(options);
        if (needed > present)
            builder.AddHocon(FormattableString.Invariant($"{TimeoutKey} = {(long)needed.TotalMilliseconds} ms"), HoconAddMode.Prepend);
    }

    /// <summary>HOCON that was added later may have shortened the phase again.</summary>
    public static IEnumerable<string> Faults(HostedScheduler scheduler, ActorSystem system)
    {
        var actual = CoordinatedShutdown.Get(system).Timeout(Name);
        var needed = NeededFor(scheduler.Options);
        if (actual < needed)
        {
            var stopTimeout = scheduler.Source.Key(nameof(StageGateOptions.StopTimeout));
            yield return FormattableString.Invariant(
                $"{TimeoutKey} is {actual}, and {stopTimeout} with grace and margin takes {needed}: raise the one or lower the other.");
        }
    }
}
