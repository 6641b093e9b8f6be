using System.Runtime.CompilerServices;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

/// <summary>What has ended, and what nobody holds, is garbage, although the scheduler lives on and does nothing.</summary>
[Collection(WholeProcess.Name)]
public class GarbageTests
{
    public static TheoryData<string> Each => [Dispatchers.Inline, Dispatchers.Pinned];

    [Theory]
    [MemberData(nameof(Each))]
    [Guarantee("M1")]
    public void Results_captured_objects_pipelines_and_handles_of_ended_work_are_collected(string dispatcher)
    {
        using var scheduler = new Scheduler(Schedulers.Options(pipelines: 2, tasks: 2).On(dispatcher));

        var traces = RunAndForget(scheduler);

        Traces.AssertCollected(traces);
    }

    [Fact]
    [Guarantee("M1")]
    public void So_are_those_of_ended_async_pipelines_of_which_each_has_submitted_the_next()
    {
        using var scheduler = Schedulers.New();

        var traces = ChainAndForget(scheduler);

        Traces.AssertCollected(traces);
    }

    [Theory]
    [MemberData(nameof(Each))]
    [Guarantee("M2")]
    public void A_handle_that_is_kept_keeps_its_result_and_nothing_that_the_callable_captured(string dispatcher)
    {
        using var scheduler = new Scheduler(Schedulers.Options().On(dispatcher));

        var (handle, captured) = RunAndKeep(scheduler);

        Traces.AssertCollected(captured);
        Assert.Equal(3, handle.GetResult(Limits.Wait).Length);
    }

    [Fact]
    [Guarantee("M1")]
    public void A_wait_for_all_that_was_given_up_keeps_none_of_them_for_the_one_that_still_runs()
    {
        using var scheduler = new Scheduler(Schedulers.Options(pipelines: 2));
        using var gate = new Gate();
        var running = scheduler.Run(_ =>
        {
            gate.Pass();
            return 1;
        });
        gate.WaitUntilEntered();

        var ended = WaitAndGiveUp(scheduler, running);

        Traces.AssertCollected(ended);
        Assert.False(running.IsDone);
    }

    [Fact]
    [Guarantee("W1")]
    public void A_wait_that_nobody_holds_ends_although_another_one_for_the_same_handles_was_given_up()
    {
        using var scheduler = new Scheduler(Schedulers.Options(pipelines: 2));
        using var gate = new Gate();
        using var ended = new ManualResetEvent(false);

        WaitTwiceAndGiveUpOne(scheduler, gate, ended);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(ended.WaitOne(0));
        gate.Open();

        Assert.True(ended.WaitOne(Limits.Wait));
    }

    [Theory]
    [MemberData(nameof(Each))]
    [Guarantee("M3")]
    public void Tasks_that_were_canceled_in_the_queue_give_back_what_they_captured_at_once(string dispatcher)
    {
        // On its own thread the scheduler answers each cancellation after two thread switches, which takes long where all cores are busy.
        var tasks = dispatcher == Dispatchers.Inline ? 100_000 : 2_000;
        using var scheduler = new Scheduler(Schedulers.Options().On(dispatcher));
        using var gate = new Gate();
        using var canceled = new Gate();
        var captured = new List<WeakReference>();
        var handles = new List<TaskHandle>(tasks);
        var pipeline = scheduler.Run(controls =>
        {
            controls.NewTask(gate.Pass).Run();
            for (var i = 0; i < tasks; i++)
                handles.Add(Submit(controls, captured, i));
            canceled.Pass();
            return handles.Count;
        });
        canceled.WaitUntilEntered();

        Assert.All(handles, handle => Assert.True(handle.Cancel()));

        Traces.AssertCollected([.. captured]);
        Assert.Equal(new TaskCounts(0, 1, 1, 0, 0, 0, tasks), scheduler.Snapshot().Tasks);
        canceled.Open();
        Assert.Equal(tasks, pipeline.GetResult(Limits.Wait));
    }

    [Fact]
    [Guarantee("M4")]
    public void Memory_does_not_grow_with_the_work_that_has_been_done()
    {
        using var scheduler = Schedulers.New(pipelines: 2, tasks: 2);
        RunTasks(scheduler, 20_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        RunTasks(scheduler, 200_000);

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.InRange(grown, long.MinValue, 4_000_000);
    }

    [Fact]
    [Guarantee("M4")]
    public void A_long_task_in_many_short_waits_does_not_collect_their_traces()
    {
        using var scheduler = Schedulers.New(pipelines: 2, tasks: 2);
        using var gate = new Gate();
        var blocked = scheduler.Run(_ =>
        {
            gate.Pass(10 * Limits.Wait);
            return 1;
        });
        Waits(scheduler, blocked, 1_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        Waits(scheduler, blocked, 20_000);

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.InRange(grown, long.MinValue, 1_000_000);
    }

    private static void Waits(Scheduler scheduler, PipelineHandle<int> blocked, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var quick = scheduler.Run(_ => 2);
            Assert.Contains(quick, scheduler.WaitPipelines([blocked, quick], Limits.Wait, ReturnWhen.FirstCompleted).Done);
        }
    }

    private static void RunTasks(Scheduler scheduler, int tasks)
    {
        for (var left = tasks; left > 0; left -= 1000)
        {
            scheduler.Result(controls =>
            {
                var handles = Enumerable.Range(0, 1000).Select(i => controls.NewTask(() => i).Run()).ToList();
                return controls.Wait(handles, Limits.Wait).Done.Count;
            });
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TaskHandle<int> Submit(IPipelineControls controls, List<WeakReference> captured, int i)
    {
        var payload = new byte[16];
        if (i % 100 == 0)
            captured.Add(new WeakReference(payload));
        return controls.NewTask(() => payload.Length).Run();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] WaitAndGiveUp(Scheduler scheduler, PipelineHandle<int> running)
    {
        var handle = scheduler.Run(_ => new byte[1]);
        var result = handle.GetResult(Limits.Wait);
        using var givenUp = new CancellationTokenSource();
        var wait = scheduler.WaitPipelinesAsync<PipelineHandle>([handle, running], cancellationToken: givenUp.Token);
        givenUp.Cancel();
        wait.EndsSomehow();
        Assert.True(wait.IsCanceled);
        return [new(result), new(handle)];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void WaitTwiceAndGiveUpOne(Scheduler scheduler, Gate gate, ManualResetEvent ended)
    {
        var first = scheduler.Run(_ => 1);
        var slow = scheduler.Run(_ =>
        {
            gate.Pass();
            return 1;
        });
        gate.WaitUntilEntered();
        var pending = scheduler.WaitPipelines([first, slow], Limits.Wait, ReturnWhen.FirstCompleted).Pending;
        using var givenUp = new CancellationTokenSource();
        var wait = scheduler.WaitPipelinesAsync(pending, cancellationToken: givenUp.Token);
        scheduler.WaitPipelinesAsync(pending).ContinueWith(_ => ended.Set(), TaskScheduler.Default);
        givenUp.Cancel();
        wait.EndsSomehow();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] RunAndForget(Scheduler scheduler)
    {
        var captured = new object();
        var script = new ScriptedPipeline<object>(controls =>
        {
            captured.ToString();
            return controls.NewTask(() => new object[] { captured }).Run().GetResult(Limits.Wait);
        });
        var handle = scheduler.RunPipeline(script);
        var result = handle.GetResult(Limits.Wait);
        return [new(captured), new(script), new(handle), new(result)];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] ChainAndForget(Scheduler scheduler)
    {
        var traces = new List<WeakReference>();
        using var last = new Gate();
        last.Open();
        Submit(100);
        last.WaitUntilEntered();

        // Begins when the last one has ended.
        scheduler.Result(_ => 0);
        return [.. traces];

        PipelineHandle<object> Submit(int left)
        {
            var script = new AsyncScript<object>(async (c, token) =>
            {
                await using var registration = token.Register(() => { });
                var result = await c.NewTask(() => new object()).Run();
                if (left > 0)
                    _ = Submit(left - 1);
                else
                    last.Pass();
                return result;
            });
            traces.Add(new WeakReference(script));
            return scheduler.RunPipeline(script);
        }
    }

    [Fact]
    [Guarantee("M1")]
    public void The_handle_of_a_task_keeps_nothing_of_how_its_pipeline_has_failed()
    {
        using var scheduler = Schedulers.New();

        var (task, failure) = FailAndKeepTask(scheduler);

        Traces.AssertCollected([failure]);
        Assert.Equal(1, task.GetResult());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (TaskHandle<int> Task, WeakReference Failure) FailAndKeepTask(Scheduler scheduler)
    {
        TaskHandle<int> task = null!;
        var pipeline = scheduler.Run<int>(controls =>
        {
            task = controls.NewTask(() => 1).Run();
            task.GetResult(Limits.Wait);
            throw new InvalidDataException();
        });
        var failure = new WeakReference(pipeline.GetException(Limits.Wait));
        return (task, failure);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (PipelineHandle<int[]> Handle, WeakReference[] Captured) RunAndKeep(Scheduler scheduler)
    {
        var captured = new object();
        var handle = scheduler.Run(controls => controls.NewTask(() => captured is null ? [] : new int[3]).Run().GetResult(Limits.Wait));
        handle.GetResult(Limits.Wait);
        return (handle, [new(captured)]);
    }
}
