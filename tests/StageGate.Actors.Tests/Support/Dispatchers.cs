namespace StageGate.Actors.Tests.Support;

/// <summary>What the scheduler itself can run on. What it promises holds on each of them.</summary>
internal static class Dispatchers
{
    public const string Inline = "stagegate.dispatchers.inline";

    public const string Pinned = "stagegate.dispatchers.pinned";

    /// <summary>Each of the cases on each of the dispatchers.</summary>
    public static TheoryData<string, string> Each(IEnumerable<string> cases)
    {
        var data = new TheoryData<string, string>();
        foreach (var name in cases)
        {
            data.Add(name, Inline);
            data.Add(name, Pinned);
        }

        return data;
    }

    public static SchedulerOptions On(this SchedulerOptions options, string dispatcher)
    {
        options.SchedulerDispatcher = dispatcher;
        return options;
    }
}
