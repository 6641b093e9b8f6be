using System.Runtime.CompilerServices;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

/// <summary>What a callable or a <c>Run()</c> had captured is garbage once the work has ended, in whatever way, also where its handle is kept.</summary>
[Collection(WholeProcess.Name)]
public class CaptureTests
{
    [Theory]
    [InlineData(TaskState.Succeeded)]
    [InlineData(TaskState.Failed)]
    [InlineData(TaskState.Canceled)]
    [InlineData(TaskState.Terminated)]
    [Guarantee("M2")]
    public void The_handle_of_a_task_keeps_none_of_it_however_the_task_has_ended(TaskState ending)
    {
        using var scheduler = Schedulers.New();

        var (handle, captured) = EndAndKeep(scheduler, ending);

        Traces.AssertCollected(captured);
        Assert.Equal(ending, handle.State);
    }

    [Fact]
    [Guarantee("M3")]
    public void Canceled_pipelines_give_back_what_they_had_captured_at_once()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        scheduler.Run(_ =>
        {
            gate.Pass();
            return 0;
        });
        gate.WaitUntilEntered();
        var captured = new List<WeakReference>();
        var handles = Enumerable.Range(0, 1000).Select(_ => Submit(scheduler, captured)).ToList();

        Assert.All(handles[1..^1], handle => Assert.True(handle.Cancel()));

        Traces.AssertCollected([.. captured[1..^1]]);
        Assert.Equal(2, scheduler.Snapshot().Pipelines.Queued);
        Assert.True(captured[0].IsAlive && captured[^1].IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static PipelineHandle<int> Submit(Scheduler scheduler, List<WeakReference> captured)
    {
        var payload = new byte[16];
        captured.Add(new WeakReference(payload));
        return scheduler.Run(_ => payload.Length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (TaskHandle Handle, WeakReference[] Captured) EndAndKeep(Scheduler scheduler, TaskState ending)
    {
        var captured = new object();
        using var before = new Gate();
        using var gate = new Gate();
        var task = scheduler.Result(c =>
        {
            c.NewTask(before.Pass).Run();
            return c.NewTask(token =>
            {
                gate.Pass();
                token.ThrowIfCancellationRequested();
                Assert.Equal(ending, captured is null ? TaskState.Failed : TaskState.Succeeded);
            }).Run();
        });
        if (ending == TaskState.Canceled)
            Assert.True(task.Cancel());
        before.Open();
        if (ending == TaskState.Terminated)
        {
            gate.WaitUntilEntered();
            Assert.True(task.RequestTermination());
        }

        gate.Open();
        scheduler.Result(c => c.Wait([c.NewTask(() => { }).Run()], Limits.Wait));
        return (task, [new(captured)]);
    }
}
