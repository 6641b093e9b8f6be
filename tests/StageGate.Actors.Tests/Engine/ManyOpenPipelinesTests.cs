using System.Diagnostics;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

[Collection(WholeProcess.Name)]
[Guarantee("M5")]
public class ManyOpenPipelinesTests
{
    private const int Many = 10_000;

    [Fact]
    public void Ten_thousand_open_async_pipelines_cost_memory_in_kilobytes_and_no_thread()
    {
        using var scheduler = Schedulers.New(pipelines: Many);
        using var gate = new Gate();
        var few = Open(scheduler, gate, 10);
        var (memory, threads) = Measure();

        var many = Open(scheduler, gate, Many - 10);

        var (memoryAfter, threadsAfter) = Measure();
        Assert.Equal(Many, scheduler.Snapshot().Pipelines.Running);
        Assert.InRange(memoryAfter - memory, 0, Many * 10_000L);

        // The thread pool of the whole process comes and goes by itself; ten thousand pipelines do not show in it.
        Assert.InRange(threadsAfter, 1, threads + (Many / 100));
        gate.Open();
        Assert.All([.. few, .. many], pipeline => Assert.Equal(2, pipeline.GetResult(Limits.Wait)));
    }

    private static List<PipelineHandle<int>> Open(Scheduler scheduler, Gate gate, int count)
    {
        // Never disposed: the last to signal may still be inside when the waiter has gone on.
        var open = new CountdownEvent(count);
        var handles = Enumerable.Range(0, count).Select(_ => scheduler.RunAsync<int>(async c =>
        {
            var tasks = new[] { c.NewTask(gate.Pass).Run(), c.NewTask(gate.Pass).Run() };
            open.Signal();
            return (await c.WaitAsync(tasks)).Done.Count;
        })).ToList();
        Assert.True(open.Wait(Limits.Wait));
        return handles;
    }

    private static (long Memory, int Threads) Measure()
    {
        using var process = Process.GetCurrentProcess();
        return (GC.GetTotalMemory(forceFullCollection: true), process.Threads.Count);
    }
}
