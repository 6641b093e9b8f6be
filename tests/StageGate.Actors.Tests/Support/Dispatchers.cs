namespace StageGate.Actors.Tests.Support;

/// <summary>What the scheduler itself can run on. What it promises holds on each of them.</summary>
internal static class Dispatchers
{
    public const string Inline = "stagegate.dispatchers.inline";

    public const string Pinned = "stagegate.dispatchers.pinned";

    public static SchedulerOptions On(this SchedulerOptions options, string dispatcher)
    {
        options.SchedulerDispatcher = dispatcher;
        return options;
    }
}
