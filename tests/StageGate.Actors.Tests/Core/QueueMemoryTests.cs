using System.Runtime.CompilerServices;
using StageGate.Actors.Core;
using StageGate.Actors.Tests.Core.Model;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Core;

public class QueueMemoryTests
{
    private const int Count = 100_000;

    [Fact]
    [Guarantee("M3")]
    public void Canceled_tasks_are_garbage_although_the_scheduler_their_pipeline_and_one_of_them_live_on()
    {
        var core = new SchedulerCore(new ResourceCapacities([]), 1, 1);
        var pipeline = core.Started(1);
        var running = core.Submitted(1, pipeline);

        var (kept, others) = QueueAndCancel(core, pipeline);
        Collect();

        Assert.Equal(0, others.Count(other => other.IsAlive));
        Assert.Equal([running], core.LiveTasks);
        Assert.Equal(Count, core.Snapshot().Tasks.Canceled);
        GC.KeepAlive(kept);
    }

    [Fact]
    public void Ended_work_is_garbage_although_the_scheduler_lives_on()
    {
        var core = new SchedulerCore(new ResourceCapacities([]), 2, 2);

        var ended = RunToTheEnd(core);
        Collect();

        Assert.Equal(0, ended.Count(work => work.IsAlive));
        Assert.Equal(1_000, core.Snapshot().Tasks.Succeeded);
        GC.KeepAlive(core);
    }

    // Apart, so that no local variable of the test keeps a task alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (FakeTask Kept, List<WeakReference> Others) QueueAndCancel(SchedulerCore core, FakePipeline pipeline)
    {
        var tasks = new FakeTask[Count];
        for (var i = 0; i < Count; i++)
        {
            if (i % 1_000 == 0)
                SchedulerCore.AdvanceStage(pipeline, i / 1_000);
            tasks[i] = core.Submitted(i + 2, pipeline, pipeline.Stage);
        }

        Assert.All(tasks, task => Assert.True(core.Cancel(task)));
        Assert.Equal(Count + 2, core.TakeDecisions().Count);
        var others = tasks.Where((_, i) => i % 97 == 0 && i != Count / 2).Select(task => new WeakReference(task)).ToList();
        return (tasks[Count / 2], others);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> RunToTheEnd(SchedulerCore core)
    {
        var ended = new List<WeakReference>();
        for (var i = 1; i <= 1_000; i++)
        {
            var pipeline = core.Started(i);
            var task = core.Submitted(i, pipeline);
            core.End(pipeline, PipelineState.Succeeded);
            core.End(task, TaskState.Succeeded);
            core.TakeDecisions();
            ended.Add(new WeakReference(pipeline));
            ended.Add(new WeakReference(task));
        }

        return ended;
    }

    private static void Collect()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
            GC.WaitForPendingFinalizers();
        }
    }
}
