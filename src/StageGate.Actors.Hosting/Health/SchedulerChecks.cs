using Akka.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace StageGate.Actors.Hosting.Health;

/// <summary>The health checks of a scheduler, named and tagged as Akka.Hosting does with its own.</summary>
internal static class SchedulerChecks
{
    public static AkkaConfigurationBuilder Add(AkkaConfigurationBuilder builder, HostedScheduler scheduler, string? name)
    {
        var prefix = name is null ? "stagegate" : $"stagegate.{name}";
        return builder
            .WithHealthCheck($"{prefix}.live", new LiveCheck(scheduler), HealthStatus.Unhealthy, ["akka", "stagegate", "liveness"])
            .WithHealthCheck($"{prefix}.ready", new ReadyCheck(scheduler), HealthStatus.Unhealthy, ["akka", "stagegate", "ready"])
            .WithHealthCheck($"{prefix}.stuck", new StuckCheck(scheduler), HealthStatus.Unhealthy, ["akka", "stagegate", "stuck"]);
    }
}
