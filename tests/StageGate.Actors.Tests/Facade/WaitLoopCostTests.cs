using System.Diagnostics;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

[Collection(WholeProcess.Name)]
[Guarantee("W5")]
public class WaitLoopCostTests
{
    private const int Few = 500;
    private const int Many = 16 * Few;

    [Fact]
    public void A_loop_of_first_completed_costs_the_same_per_task_however_many_there_are() => AssertLinear((c, handles, release) =>
    {
        var pending = c.Wait(handles, TimeSpan.Zero).Pending;
        while (pending.Count > 0)
        {
            release();
            (var done, pending) = c.Wait(pending, Limits.Wait, ReturnWhen.FirstCompleted);
            Assert.Single(done);
        }
    });

    [Fact]
    public void So_does_a_loop_over_the_handles_as_they_end() => AssertLinear((c, handles, release) =>
    {
        release();
        foreach (var task in c.AsCompleted(handles))
        {
            Assert.True(task.IsDone);
            release();
        }
    });

    private static void AssertLinear(Action<IPipelineControls, List<TaskHandle>, Action> drain)
    {
        using var scheduler = Schedulers.New();
        scheduler.Result(c => Cost(c, Few, drain));

        // What looks at every handle again each time costs 16 times as much, in every attempt; a busy machine disturbs one or another.
        var attempts = Enumerable.Range(0, 6).Select(_ => scheduler.Result(c => (Few: Cost(c, Few, drain), Many: Cost(c, Many, drain))));

        Assert.Contains(attempts, cost => cost.Many.Bytes <= 4 * cost.Few.Bytes && cost.Many.Ticks <= 6 * cost.Few.Ticks);
    }

    /// <summary>Lets one task end at a time, so that there are as many waits as tasks.</summary>
    private static (double Bytes, double Ticks) Cost(
        IPipelineControls c, int count, Action<IPipelineControls, List<TaskHandle>, Action> drain)
    {
        using var go = new SemaphoreSlim(0);
        var builder = c.NewTask(() => Assert.True(go.Wait(Limits.Wait)));
        var handles = Enumerable.Range(0, count).Select(_ => builder.Run()).ToList();
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        drain(c, handles, () => go.Release());
        return ((double)(GC.GetAllocatedBytesForCurrentThread() - bytes) / count, (double)(Stopwatch.GetTimestamp() - start) / count);
    }
}
