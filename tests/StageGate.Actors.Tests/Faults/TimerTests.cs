using StageGate.Actors.Engine;
using StageGate.Actors.Tests.Engine;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Faults;

/// <summary>
/// Whatever the end, no timer is left: none of the process, where waits with a time-out have theirs, and none of the actor system, which the
/// scheduler never asks for one.
/// </summary>
[Collection(WholeProcess.Name)]
public class TimerTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromDays(30);

    public static TheoryData<string, string> Ends => Dispatchers.Each(["it is closed", "its turn throws", .. Deaths.Ways]);

    [Theory]
    [MemberData(nameof(Ends))]
    [Guarantee("D2", "M4", "W1")]
    public void Each_end_takes_the_timers_along(string end, string dispatcher)
    {
        var before = Timer.ActiveCount;
        using (var site = new FaultSite(dispatcher, CountingScheduler.Hocon))
        {
            var timer = (CountingScheduler)site.System.Scheduler;
            var asked = timer.Asked;
            site.Populate();
            Task[] waits =
            [
                site.Scheduler.WaitPipelinesAsync([site.Pending], s_long),
                Bounded.OnOwnThread(() => site.Scheduler.WaitPipelines([site.Pending], s_long)),
                Bounded.OnOwnThread(() => Record.Exception(() => site.Running.GetResult(s_long))),
                site.Running.Completion.WaitAsync(s_long),
            ];
            Assert.InRange(Timer.ActiveCount, before + 1, int.MaxValue);

            End(site, end);

            Assert.All(waits, wait => wait.EndsSomehow());
            var systemToo = end.StartsWith("the system", StringComparison.Ordinal);
            site.AssertGone(systemToo);
            if (!systemToo)
                Assert.Equal(asked, timer.Asked);
        }

        Assert.True(SpinWait.SpinUntil(() => Timer.ActiveCount <= before, Limits.Wait), $"{Timer.ActiveCount} and not {before} as before.");
    }

    private static void End(FaultSite site, string end)
    {
        switch (end)
        {
            case "it is closed":
                site.Callable.Open();
                site.Body.Open();
                Bounded.OnOwnThread(() => site.Scheduler.Close()).Ends();
                break;
            case "its turn throws":
                Poison.Post(site.Scheduler, FactKind.TaskEnded);
                break;
            default:
                site.System.Die(end);
                break;
        }
    }
}
