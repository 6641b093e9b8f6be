using System.Collections.Concurrent;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

public class LoadTests
{
    private const int Threads = 64;
    private const int Operations = 60;

    [Theory]
    [InlineData(Dispatchers.Inline, false)]
    [InlineData(Dispatchers.Inline, true)]
    [InlineData(Dispatchers.Pinned, false)]
    [InlineData(Dispatchers.Pinned, true)]
    public void Everything_ends_whatever_many_threads_do_at_a_time_and_close_in_the_end(string dispatcher, bool cancelPending)
    {
        using var scheduler = new Scheduler(Schedulers.Options(pipelines: 4, tasks: 3, ("cpu", 2)).On(dispatcher));
        var pipelines = new ConcurrentBag<PipelineHandle<int>>();
        var tasks = new ConcurrentBag<TaskHandle>();
        // Never disposed: the last to signal may still be inside when the waiter has gone on.
        var half = new CountdownEvent(Threads);

        var threads = Bounded.OnOwnThreads(Threads, seed =>
        {
            var random = new Random(seed);
            for (var i = 0; i < Operations; i++)
            {
                if (i == Operations / 2)
                    half.Signal();
                Operate(scheduler, random, pipelines, tasks);
            }

            return true;
        });
        Assert.True(half.Wait(Limits.Wait));
        Bounded.OnOwnThread(() => scheduler.Close(cancelPending)).Ends();
        threads.End();

        Assert.All(pipelines, handle => Assert.True(handle.IsDone));
        Assert.All(tasks, handle => Assert.True(handle.IsDone));
        var snapshot = scheduler.Snapshot();
        Assert.Equal(pipelines.Count, snapshot.Pipelines.Total);
        Assert.Equal(pipelines.Count, snapshot.Pipelines.Succeeded + snapshot.Pipelines.Canceled);
        Assert.Equal(tasks.Count, snapshot.Tasks.Total);
        Assert.Equal(tasks.Count(task => task.State == TaskState.Succeeded), snapshot.Tasks.Succeeded);
        Assert.Equal(tasks.Count(task => task.State == TaskState.Canceled), snapshot.Tasks.Canceled);
        Assert.Equal(0, snapshot.Resources.Single().InUse);
    }

    private static void Operate(
        Scheduler scheduler, Random random, ConcurrentBag<PipelineHandle<int>> pipelines, ConcurrentBag<TaskHandle> tasks)
    {
        pipelines.TryPeek(out var pipeline);
        tasks.TryPeek(out var task);
        switch (random.Next(10))
        {
            case 0:
                pipeline?.Cancel();
                break;
            case 1:
                task?.Cancel();
                break;
            case 2:
                task?.RequestTermination();
                break;
            case 3:
                pipeline?.Completion.EndsSomehow();
                break;
            case 4 when pipeline is not null:
                scheduler.WaitPipelines([pipeline], TimeSpan.FromMilliseconds(random.Next(3)), (ReturnWhen)random.Next(3));
                break;
            case 5:
                pipeline?.Snapshot();
                break;
            case 6:
                Assert.InRange(scheduler.Snapshot().Resources.Single().InUse, 0, 2);
                break;
            default:
                Submit(scheduler, random.Next(4), random.Next(3), pipelines, tasks);
                break;
        }
    }

    private static void Submit(
        Scheduler scheduler, int count, int cpu, ConcurrentBag<PipelineHandle<int>> pipelines, ConcurrentBag<TaskHandle> tasks)
    {
        try
        {
            pipelines.Add(scheduler.Run(controls =>
            {
                for (var i = 0; i < count; i++)
                {
                    var submitted = controls.NewTask(_ => i).Requires("cpu", cpu).Run();
                    tasks.Add(submitted);
                    controls.StageForward();
                    if (i % 2 == 1)
                        controls.Wait([submitted], Limits.Wait);
                }

                return count;
            }));
        }
        catch (InvalidOperationException)
        {
            Assert.True(scheduler.ShutdownStarted);
        }
    }
}
