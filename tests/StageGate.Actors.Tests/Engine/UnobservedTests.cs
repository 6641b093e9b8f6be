using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Akka.Actor;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

[Collection(WholeProcess.Name)]
[Guarantee("X5")]
public class UnobservedTests
{
    [Fact]
    public void Work_that_nobody_looks_at_raises_no_unobserved_exception()
    {
        var unobserved = new ConcurrentQueue<Exception>();
        TaskScheduler.UnobservedTaskException += Collect;
        try
        {
            // Tests that ran before may have dropped failed tasks of their own.
            Collected(unobserved);

            Collectable(() => Task.FromException(new MarkerException()));
            Assert.Equal(1, Collected(unobserved));

            for (var round = 0; round < 5; round++)
            {
                Collectable(EndInEveryWay);
                Collectable(DieWithWork);
            }

            Assert.Equal(0, Collected(unobserved));
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Collect;
        }

        void Collect(object? sender, UnobservedTaskExceptionEventArgs args)
        {
            foreach (var exception in args.Exception.Flatten().InnerExceptions)
            {
                if (exception is MarkerException or SchedulerTerminatedException or WorkCanceledException or WorkTerminatedException)
                    unobserved.Enqueue(exception);
            }
        }
    }

    private static int Collected(ConcurrentQueue<Exception> unobserved)
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        var count = unobserved.Count;
        unobserved.Clear();
        return count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Collectable(Func<object?> code) => code();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Collectable(Action code) => code();

    private static void EndInEveryWay()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var failed = scheduler.Run<int>(controls =>
        {
            Touch(controls.NewTask<int>((Func<int>)(() => throw new MarkerException())).Run(), touch: true);
            var last = controls.NewTask<int>((Func<int>)(() => throw new MarkerException())).Run();
            Touch(last, touch: false);
            controls.Wait([last], Limits.Wait);
            throw new MarkerException();
        });
        Touch(failed, touch: true);
        var terminated = scheduler.Run(controls =>
        {
            var task = controls.NewTask(token =>
            {
                gate.Pass();
                token.ThrowIfCancellationRequested();
            }).Run();
            Touch(task, touch: true);
            gate.WaitUntilEntered();
            task.RequestTermination();
            gate.Open();
            controls.Wait([task], Limits.Wait);
            return task.State;
        });
        var canceled = scheduler.Run(_ => 1);
        Touch(canceled, touch: true);
        canceled.Cancel();
        _ = scheduler.WaitPipelinesAsync<PipelineHandle>([failed, terminated], Limits.Wait);
        Assert.Equal(TaskState.Terminated, terminated.GetResult(Limits.Wait));
    }

    private static void DieWithWork()
    {
        using var system = Systems.New();
        using var gate = new Gate();
        var scheduler = Scheduler.Attach(system, Schedulers.Options());
        var running = scheduler.Run(_ =>
        {
            gate.Pass();
            return 1;
        });
        var pending = scheduler.Run(_ => 2);
        gate.WaitUntilEntered();
        Touch(running, touch: true);
        Touch(pending, touch: false);
        _ = scheduler.WaitPipelinesAsync([running, pending]);
        _ = scheduler.CloseAsync();
        var closing = scheduler.CloseAsync();

        system.Stop(scheduler.ActorRef);

        closing.Ends();
    }

    private static void Touch(WorkHandle handle, bool touch)
    {
        if (touch)
            _ = handle.Completion;
    }

    private sealed class MarkerException : Exception;
}
