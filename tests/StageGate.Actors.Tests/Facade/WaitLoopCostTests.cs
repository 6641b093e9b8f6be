using System.Diagnostics;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

[Collection(WholeProcess.Name)]
public class WaitLoopCostTests
{
    private const int Few = 500;
    private const int Many = 16 * Few;

    [Fact]
    public void A_loop_of_first_completed_costs_the_same_per_task_however_many_there_are()
    {
        using var scheduler = Schedulers.New();
        scheduler.Result(c => DrainCost(c, Few));

        // What looks at every handle again each time costs 16 times as much, in every attempt; a busy machine disturbs one or another.
        var attempts = Enumerable.Range(0, 6).Select(_ => scheduler.Result(c => (Few: DrainCost(c, Few), Many: DrainCost(c, Many))));

        Assert.Contains(attempts, cost => cost.Many.Bytes <= 4 * cost.Few.Bytes && cost.Many.Ticks <= 6 * cost.Few.Ticks);
    }

    /// <summary>Lets one task end at a time, so that there are as many waits as tasks.</summary>
    private static (double Bytes, double Ticks) DrainCost(IPipelineControls c, int count)
    {
        using var go = new SemaphoreSlim(0);
        var builder = c.NewTask(() => Assert.True(go.Wait(Limits.Wait)));
        var pending = c.Wait(Enumerable.Range(0, count).Select(_ => builder.Run()), TimeSpan.Zero).Pending;
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        while (pending.Count > 0)
        {
            go.Release();
            (var done, pending) = c.Wait(pending, Limits.Wait, ReturnWhen.FirstCompleted);
            Assert.Single(done);
        }

        return ((double)(GC.GetAllocatedBytesForCurrentThread() - bytes) / count, (double)(Stopwatch.GetTimestamp() - start) / count);
    }
}
