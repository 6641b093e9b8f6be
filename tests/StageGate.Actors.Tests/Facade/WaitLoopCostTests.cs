using System.Diagnostics;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>
/// What each turn of a loop costs the thread that waits. What it waits for has ended when the turn begins, so that nothing else is
/// measured; and the costs of one turn are those of the median one, so that it does not matter what else the machine does.
/// </summary>
[Collection(WholeProcess.Name)]
[Guarantee("W5")]
public class WaitLoopCostTests
{
    private const int Few = 100;
    private const int Many = 16 * Few;
    private const int Attempts = 5;

    [Fact]
    public void A_loop_of_first_completed_costs_the_same_per_task_however_many_there_are() => AssertSame((c, handles) =>
    {
        var pending = c.Wait(handles, TimeSpan.Zero).Pending;
        return () =>
        {
            (var done, pending) = c.Wait(pending, returnWhen: ReturnWhen.FirstCompleted);
            return done;
        };
    });

    [Fact]
    public void So_does_a_loop_over_the_handles_as_they_end() => AssertSame((c, handles) =>
    {
        var ended = c.AsCompleted(handles).GetEnumerator();
        return () => ended.MoveNext() ? [ended.Current] : [];
    });

    [Fact]
    public void A_loop_that_looks_at_all_of_them_each_time_would_be_seen()
    {
        using var scheduler = Schedulers.New();
        Loop looksAtAll = (_, handles) => () => handles.FindAll(handle => handle.IsDone)[^1..];

        Measure(scheduler, Few, looksAtAll);
        var few = Measure(scheduler, Few, looksAtAll);
        var many = Measure(scheduler, Many, looksAtAll);

        Assert.True(many.TicksOfOne > 2 * few.TicksOfOne, $"{few}, {many}");
        Assert.True(many.Bytes > 1.25 * few.Bytes, $"{few}, {many}");
        Assert.NotEqual(few.BytesOfOne, many.BytesOfOne);
    }

    private static void AssertSame(Loop loop)
    {
        using var scheduler = Schedulers.New();
        Measure(scheduler, Few, loop);
        var seen = new List<(Cost Few, Cost Many)>();
        do
        {
            var (few, many) = (Measure(scheduler, Few, loop), Measure(scheduler, Many, loop));
            seen.Add((few, many));

            // A turn allocates the same to the byte. Over all turns, what is made anew each time their number has halved adds to it, as
            // much for each of many as of few, but for the odd sizes of hash tables.
            Assert.Equal(few.BytesOfOne, many.BytesOfOne);
            Assert.True(many.Bytes <= 1.25 * few.Bytes, $"{few}, {many}");
        }
        while (seen[^1].Many.TicksOfOne > 2 * seen[^1].Few.TicksOfOne && seen.Count < Attempts);

        // To look at every one of them costs sixteen times as much.
        Assert.True(seen[^1].Many.TicksOfOne <= 2 * seen[^1].Few.TicksOfOne, string.Join('\n', seen));
    }

    /// <summary>Cancels one task after the other, so that each has ended before the wait for it, and no thread is waited for.</summary>
    private static Cost Measure(Scheduler scheduler, int count, Loop loop) => scheduler.Result(c =>
    {
        using var gate = new Gate();
        c.NewTask(gate.Pass).Run();
        var builder = c.NewTask(() => { });
        var handles = Enumerable.Range(0, count).Select(_ => builder.Run()).ToList();
        var next = loop(c, handles);
        List<long> bytes = [];
        List<long> ticks = [];
        foreach (var handle in handles)
        {
            Assert.True(handle.Cancel());
            var before = (Bytes: GC.GetAllocatedBytesForCurrentThread(), Ticks: Stopwatch.GetTimestamp());
            var ended = next();
            ticks.Add(Stopwatch.GetTimestamp() - before.Ticks);
            bytes.Add(GC.GetAllocatedBytesForCurrentThread() - before.Bytes);
            Assert.Equal([handle], ended);
        }

        return new Cost(Median(bytes), bytes.Average(), Median(ticks));
    });

    private static long Median(List<long> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>Makes a loop over the handles, of which each call is one turn, and returns those that it finds ended.</summary>
    private delegate Func<IEnumerable<TaskHandle>> Loop(IPipelineControls controls, List<TaskHandle> handles);

    private readonly record struct Cost(long BytesOfOne, double Bytes, long TicksOfOne);
}
