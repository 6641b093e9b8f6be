using Akka.Configuration;
using StageGate.Actors;

namespace StageGate.Samples.Snippets;

/// <summary>README, "From configuration".</summary>
public static class FromConfiguration
{
    public static Scheduler Make()
    {
        // begin-snippet
        var config = ConfigurationFactory.ParseString(File.ReadAllText("hocon/example.conf"));
        var scheduler = new Scheduler(SchedulerOptions.FromConfig(config));
        // end-snippet
        return scheduler;
    }
}
