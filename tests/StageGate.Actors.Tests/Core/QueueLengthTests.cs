using System.Diagnostics;
using StageGate.Actors.Core;
using StageGate.Actors.Tests.Core.Model;

namespace StageGate.Actors.Tests.Core;

public class QueueLengthTests
{
    private const int Short = 1_000;
    private const int Long = 200_000;

    /// <summary>What costs time in proportion to the length of the queue is two hundred times as slow here.</summary>
    private const double Bound = 10;

    private const int Attempts = 5;
    private const int Repeats = 20;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_task_costs_no_more_in_a_long_queue_than_in_a_short_one(bool canceled)
    {
        Measure(Short, canceled);
        var ratios = new List<double>();
        do
        {
            // The short one several times over, so that it takes long enough to be measured.
            var inShort = (double)Enumerable.Range(0, Repeats).Sum(_ => Measure(Short, canceled)) / (Repeats * Short);
            var inLong = (double)Measure(Long, canceled) / Long;
            ratios.Add(inLong / inShort);
        }
        while (ratios[^1] > Bound && ratios.Count < Attempts);

        Assert.True(ratios[^1] <= Bound, $"Times as slow, in each attempt: {string.Join(", ", ratios)}");
    }

    /// <summary>
    /// How long it takes to queue so many tasks, each of a stage of its own, and to run them one by one or to cancel them in the
    /// reverse order.
    /// </summary>
    private static long Measure(int count, bool canceled)
    {
        var core = new SchedulerCore(new ResourceCapacities([]), 1, 1);
        var pipeline = core.Started(1);
        core.Submitted(1, pipeline);
        var tasks = Enumerable.Range(0, count).Select(i => new FakeTask(i + 2, pipeline, stage: i)).ToArray();
        core.TryDecide(out _);

        var start = Stopwatch.GetTimestamp();
        foreach (var task in tasks)
            core.Submit(task);
        if (canceled)
        {
            foreach (var task in tasks.Reverse())
                Assert.True(core.Cancel(task));
        }
        else
        {
            RunAll(core);
        }

        var elapsed = Stopwatch.GetTimestamp() - start;
        Assert.Equal(count, canceled ? core.Snapshot().Tasks.Canceled : core.Snapshot().Tasks.Succeeded - 1);
        return elapsed;
    }

    private static void RunAll(SchedulerCore core)
    {
        while (core.TryDecide(out var decision))
        {
            if (decision.Kind == DecisionKind.RunTask)
                core.End(decision.Task!, TaskState.Succeeded);
        }
    }
}
