using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

/// <summary>Each test gives its threads a name of its own.</summary>
[Guarantee("K3")]
public class ThreadLeakTests
{
    private static int s_names;

    private readonly string _prefix = $"lk{Interlocked.Increment(ref s_names)}x";

    [Theory]
    [InlineData(Dispatchers.Inline)]
    [InlineData(Dispatchers.Pinned)]
    public void Closing_a_scheduler_with_its_own_system_leaves_no_thread(string dispatcher)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var options = SchedulerOptions.FromConfig(Akka.Configuration.ConfigurationFactory.ParseString(Hocon));
        var scheduler = new Scheduler(options.On(dispatcher));

        UseAndClose(scheduler, dispatcher);
    }

    [Theory]
    [InlineData(Dispatchers.Inline)]
    [InlineData(Dispatchers.Pinned)]
    public void Closing_an_attached_scheduler_leaves_no_thread(string dispatcher)
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var system = Systems.New(Hocon);
        for (var round = 0; round < 3; round++)
        {
            var scheduler = Scheduler.Attach(system, SchedulerOptions.FromConfig(system.Settings.Config).On(dispatcher));
            UseAndClose(scheduler, dispatcher);
        }
    }

    private string Hocon => NamedThreads.Hocon(_prefix, parallelism: 4);

    private void UseAndClose(Scheduler scheduler, string dispatcher)
    {
        using var together = new Barrier(4);
        Parallel(scheduler, controls => controls.NewTask(() => together.SignalAndWait(Limits.Wait)).Run().GetResult(Limits.Wait));
        Parallel(scheduler, _ => together.SignalAndWait(Limits.Wait));
        Assert.Equal(dispatcher == Dispatchers.Pinned ? 9 : 8, Threads().Count);

        Bounded.OnOwnThread(() => scheduler.Close()).Ends();

        // They have been joined; what the operating system still has to take away is out of their hands.
        Assert.True(SpinWait.SpinUntil(() => Threads().Count == 0, Limits.Wait), $"Left: {string.Join(", ", Threads())}");
    }

    private static void Parallel(Scheduler scheduler, Func<IPipelineControls, bool> script)
    {
        var handles = Enumerable.Range(0, 4).Select(_ => scheduler.Run(script)).ToList();
        Assert.All(handles, handle => Assert.True(handle.GetResult(Limits.Wait)));
    }

    private List<string> Threads() => NamedThreads.StartingWith(_prefix);
}
