using System.Diagnostics;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

/// <summary>
/// Compares a run with another run of the same process. The bounds are wide: what they catch is cost that grows with the size.
/// </summary>
[Collection(WholeProcess.Name)]
public class ScalingTests
{
    private const int Tries = 4;

    [Fact]
    public void A_task_costs_no_more_beside_many_idle_workers()
    {
        using var few = Schedulers.New(tasks: 4);
        using var many = Schedulers.New(tasks: 64);
        WakeAll(few, 4);
        WakeAll(many, 64);

        var ratio = BestRatio(() => RoundTrips(few), () => RoundTrips(many));

        Assert.InRange(ratio, 0, 4);
    }

    [Fact]
    public void A_task_costs_no_more_in_a_long_queue()
    {
        using var scheduler = Schedulers.New();
        DrainQueue(scheduler, 1_000);

        var ratio = BestRatio(() => 10 * DrainQueue(scheduler, 10_000), () => DrainQueue(scheduler, 100_000));

        Assert.InRange(ratio, 0, 4);
    }

    private static double BestRatio(Func<double> small, Func<double> large)
    {
        var best = double.MaxValue;
        for (var i = 0; i < Tries && best > 2; i++)
            best = Math.Min(best, 1 / (small() / large()));
        return best;
    }

    private static void WakeAll(Scheduler scheduler, int workers)
    {
        using var together = new Barrier(workers);
        Assert.True(scheduler.Result(controls => Enumerable.Range(0, workers)
            .Select(_ => controls.NewTask(() => together.SignalAndWait(Limits.Wait)).Run())
            .ToList()
            .TrueForAll(handle => handle.GetResult(Limits.Wait))));
    }

    private static double RoundTrips(Scheduler scheduler) => scheduler.Result(controls =>
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 3_000; i++)
            controls.NewTask(() => 1).Run().GetResult(Limits.Wait);
        return watch.Elapsed.TotalSeconds;
    });

    private static double DrainQueue(Scheduler scheduler, int tasks)
    {
        using var gate = new Gate();
        return scheduler.Result(controls =>
        {
            var watch = Stopwatch.StartNew();
            controls.NewTask(gate.Pass).Run();
            var handles = Enumerable.Range(0, tasks).Select(i => controls.NewTask(() => i).Run()).ToList();
            gate.Open();
            Assert.Equal(tasks, controls.Wait(handles, Limits.Wait).Done.Count);
            return watch.Elapsed.TotalSeconds;
        });
    }
}
