using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>What GUARANTEES.md says that one must not rely on. Who makes one of these fail has a new guarantee to give.</summary>
public class NotGuaranteedTests
{
    [Fact]
    [Guarantee("N1")]
    public void What_a_task_uses_without_requiring_it_is_neither_noticed_nor_limited()
    {
        using var scheduler = Schedulers.New(tasks: 2, resources: ("seat", 1));
        using var honest = new Gate();
        using var liar = new Gate();
        var seated = 0;

        scheduler.Result(c =>
        {
            c.NewTask(() => Sit(honest)).Requires("seat", 1).Run();
            return c.NewTask(() => Sit(liar)).Run();
        });
        honest.WaitUntilEntered();
        liar.WaitUntilEntered();

        Assert.Equal(2, seated);
        Assert.Equal([new ResourceUsage("seat", 1, 1)], scheduler.Snapshot().Resources);

        void Sit(Gate gate)
        {
            Interlocked.Increment(ref seated);
            gate.Pass();
        }
    }

    [Fact]
    [Guarantee("N5")]
    public void Of_two_tasks_that_were_admitted_one_after_the_other_the_second_may_begin_first()
    {
        using var scheduler = Schedulers.New(tasks: 2);
        using var gate = new Gate();
        var begun = new ConcurrentQueue<int>();

        // Called on the worker's thread, where the task is seen to run and its callable has not begun.
        var order = new AsyncLocal<int>(change =>
        {
            if (change is { ThreadContextChanged: true, CurrentValue: 1 })
                gate.Pass();
        });
        var (first, second) = scheduler.Result(c => (Run(c, 1), Run(c, 2)));

        gate.WaitUntilEntered();
        second.GetResult(Limits.Wait);
        gate.Open();
        first.GetResult(Limits.Wait);
        Assert.Equal([2, 1], begun);

        TaskHandle Run(IPipelineControls c, int number)
        {
            order.Value = number;
            return c.NewTask(() => begun.Enqueue(number)).Run();
        }
    }

    [Fact]
    [Guarantee("N5")]
    public void Of_two_pipelines_that_started_one_after_the_other_the_Run_of_the_second_may_begin_first()
    {
        using var scheduler = Schedulers.New(pipelines: 2);
        using var gate = new Gate();
        var begun = new ConcurrentQueue<int>();

        // Called on the coordinator's thread, where the pipeline is seen to run and its Run() has not begun.
        var order = new AsyncLocal<int>(change =>
        {
            if (change is { ThreadContextChanged: true, CurrentValue: 1 })
                gate.Pass();
        });
        var (first, second) = (Run(1), Run(2));

        gate.WaitUntilEntered();
        second.GetResult(Limits.Wait);
        Assert.Equal(PipelineState.Running, first.State);
        gate.Open();
        first.GetResult(Limits.Wait);
        Assert.Equal([2, 1], begun);

        PipelineHandle<int> Run(int number)
        {
            order.Value = number;
            return scheduler.Run(_ =>
            {
                begun.Enqueue(number);
                return number;
            });
        }
    }

    [Fact]
    [Guarantee("N6")]
    public void Resources_stand_idle_while_the_first_in_line_waits_for_more()
    {
        using var scheduler = Schedulers.New(tasks: 3, resources: ("cpu", 4));
        using var gate = new Gate();

        var (big, small) = scheduler.Result(c =>
        {
            c.NewTask(gate.Pass).Requires("cpu", 1).Run();
            return (c.NewTask(() => 1).Requires("cpu", 4).Run(), c.NewTask(() => 2).Requires("cpu", 1).Run());
        });
        gate.WaitUntilEntered();

        Assert.Equal(3, Assert.Single(scheduler.Snapshot().Resources).Available);
        Assert.Equal((TaskState.Queued, TaskState.Queued), (big.State, small.State));
        gate.Open();
        Assert.Equal(2, small.GetResult(Limits.Wait));
    }

    [Fact]
    [Guarantee("N6")]
    public void An_earlier_stage_and_a_younger_pipeline_wait_for_as_long_as_a_later_stage_submits_more()
    {
        using var scheduler = Schedulers.New(pipelines: 2);
        using var last = new Gate();

        var (early, young) = scheduler.Result(c =>
        {
            var previous = new Gate();
            c.NewTask(previous.Pass).Run();
            var early = c.NewTask(() => 1).Run();
            c.StageForward();
            var young = scheduler.Result(other => other.NewTask(() => 2).Run());
            for (var i = 0; i < 50; i++)
            {
                previous.WaitUntilEntered();
                var next = i < 49 ? new Gate() : last;
                c.NewTask(next.Pass).Run();
                previous.Open();
                previous = next;
                Assert.Equal((TaskState.Queued, TaskState.Queued), (early.State, young.State));
            }

            last.WaitUntilEntered();
            return (early, young);
        });

        Assert.Equal((TaskState.Queued, TaskState.Queued), (early.State, young.State));
        last.Open();
        Assert.Equal((1, 2), (early.GetResult(Limits.Wait), young.GetResult(Limits.Wait)));
    }

    [Fact]
    [Guarantee("N7")]
    public void Nobody_who_submits_is_held_up_however_long_the_lines_are_and_what_waits_keeps_what_it_captured()
    {
        const int Many = 20_000;
        using var scheduler = Schedulers.New();
        using var gate = new Gate();

        // All from one thread, which would wait for itself for ever.
        var captured = new List<WeakReference>();
        scheduler.Result(c =>
        {
            c.NewTask(gate.Pass).Run();
            for (var i = 0; i < Many; i++)
                captured.Add(Capturing(body => c.NewTask(body).Run()));
            for (var i = 0; i < Many; i++)
                captured.Add(Capturing(body => scheduler.Run(_ => body())));
            gate.WaitUntilEntered();
            Assert.Equal((Many, Many), (scheduler.Snapshot().Tasks.Queued, scheduler.Snapshot().Pipelines.Queued));
            GC.Collect();
            Assert.All(captured, trace => Assert.True(trace.IsAlive));
            scheduler.RequestTermination();
            return 1;
        });

        Assert.Equal((Many, Many), (scheduler.Snapshot().Tasks.Canceled, scheduler.Snapshot().Pipelines.Canceled));
    }

    [Fact]
    [Guarantee("N14")]
    public void Workers_that_are_given_no_threads_of_their_own_run_on_those_of_others_and_hold_them_up()
    {
        var options = Schedulers.Options();
        options.WorkerDispatcher = Dispatchers.Inline;
        using var scheduler = new Scheduler(options);
        using var accepted = new Gate();
        var pipeline = scheduler.Run(c =>
        {
            // Until then the thread that has submitted the pipeline may be at work for the scheduler.
            accepted.Pass();
            var task = c.NewTask(() => Environment.CurrentManagedThreadId).Run();
            return (task.IsDone, Thread: task.GetResult(Limits.Wait) == Environment.CurrentManagedThreadId);
        });
        accepted.WaitUntilEntered();
        accepted.Open();

        Assert.Equal((true, true), pipeline.GetResult(Limits.Wait));
    }

    [Fact]
    [Guarantee("N15")]
    public void Names_need_not_be_unique()
    {
        using var scheduler = Schedulers.New();

        var pipelines = Enumerable.Range(0, 3).Select(_ => scheduler.Run(c => c.NewTask(() => 1).Named("twin").Run(), "twin")).ToArray();
        var tasks = pipelines.Select(pipeline => pipeline.GetResult(Limits.Wait)).ToArray();

        Assert.Equal([1, 2, 3], pipelines.Select(pipeline => pipeline.Id));
        Assert.Equal([1, 2, 3], tasks.Select(task => task.Id));
        Assert.All([.. pipelines, .. tasks.Cast<WorkHandle>()], handle => Assert.Equal("twin", handle.Name));
        Assert.Equal(6, pipelines.Cast<WorkHandle>().Concat(tasks).Distinct().Count());
    }

    [Fact]
    [Guarantee("N19")]
    public void Closing_where_the_flow_was_suppressed_is_not_refused_and_waits_for_the_work_that_started_it()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        Task closing = null!;
        var task = scheduler.Result(c => c.NewTask(() =>
        {
            using (ExecutionContext.SuppressFlow())
                closing = Bounded.OnOwnThread(() => scheduler.Close());
            gate.Pass();
        }).Run());
        gate.WaitUntilEntered();

        Assert.True(SpinWait.SpinUntil(() => scheduler.ShutdownStarted, Limits.Wait));
        Assert.False(closing.IsCompleted);
        Assert.False(scheduler.IsClosed);
        gate.Open();
        closing.Ends();
        Assert.Equal(TaskState.Succeeded, task.State);
        Assert.True(scheduler.IsClosed);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Capturing(Action<Func<int>> submit)
    {
        var captured = new object();
        submit(() => captured.GetHashCode());
        return new WeakReference(captured);
    }
}
