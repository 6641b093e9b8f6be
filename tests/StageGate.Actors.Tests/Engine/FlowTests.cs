using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

public class FlowTests
{
    private readonly AsyncLocal<string?> _local = new();

    [Fact]
    [Guarantee("U1")]
    public void The_context_of_each_submission_flows_into_the_callable()
    {
        using var scheduler = Schedulers.New();
        _local.Value = "outside";

        var seen = scheduler.Result(controls =>
        {
            var inRun = _local.Value;
            _local.Value = "inside";
            var task = controls.NewTask(() => _local.Value).Run();
            _local.Value = "later";
            return (inRun, task.GetResult(Limits.Wait));
        });

        Assert.Equal(("outside", "inside"), seen);
        Assert.Equal("outside", _local.Value);
    }

    [Theory]
    [InlineData(Dispatchers.Inline)]
    [InlineData(Dispatchers.Pinned)]
    [Guarantee("U1")]
    public void One_that_was_submitted_by_message_gets_an_empty_context(string dispatcher)
    {
        using var system = Systems.New();
        using var scheduler = Scheduler.Attach(system, Schedulers.Options().On(dispatcher));
        _local.Value = "outside";

        var accepted = scheduler.ActorRef.Ask<SchedulerProtocol.PipelineAccepted>(
            new SchedulerProtocol.SubmitPipeline(new ScriptedPipeline<string?>(_ => _local.Value)), Limits.Wait).Ends();

        Assert.Null(Assert.IsType<PipelineHandle<string?>>(accepted.Handle).GetResult(Limits.Wait));
    }

    [Fact]
    [Guarantee("U1")]
    public void The_current_activity_flows_from_the_submission_into_the_callable()
    {
        using var scheduler = Schedulers.New();
        using var activity = new Activity("request");
        activity.Start();

        var seen = scheduler.Result(controls =>
            (Activity.Current, controls.NewTask(() => Activity.Current).Run().GetResult(Limits.Wait)));

        Assert.Same(activity, seen.Item1);
        Assert.Same(activity, seen.Item2);
    }

    [Fact]
    [Guarantee("U3")]
    public void What_a_callable_leaves_behind_does_not_reach_the_next_one()
    {
        using var scheduler = Schedulers.New();
        var clean = scheduler.Result(controls => LookAndSpoil(controls, "none"));

        for (var i = 0; i < 5; i++)
            Assert.Equal(clean, scheduler.Result(controls => LookAndSpoil(controls, $"run {i}")));
    }

    [Fact]
    [Guarantee("U2")]
    public void The_callable_sees_no_synchronization_context_and_the_default_task_scheduler()
    {
        using var scheduler = Schedulers.New();
        var exclusive = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;

        var seen = Task.Factory.StartNew(
            () =>
            {
                SynchronizationContext.SetSynchronizationContext(new LoneContext());
                try
                {
                    return scheduler.Result(controls => (Ambient(), controls.NewTask(Ambient).Run().GetResult(Limits.Wait)));
                }
                finally
                {
                    SynchronizationContext.SetSynchronizationContext(null);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.None,
            exclusive).Ends();

        Assert.Equal((null, TaskScheduler.Default), seen.Item1);
        Assert.Equal((null, TaskScheduler.Default), seen.Item2);

        static (SynchronizationContext?, TaskScheduler) Ambient() => (SynchronizationContext.Current, TaskScheduler.Current);
    }

    [Fact]
    public void A_suppressed_flow_carries_nothing_and_breaks_nothing()
    {
        using var scheduler = Schedulers.New();
        _local.Value = "outside";

        PipelineHandle<(string?, string?)> handle;
        using (ExecutionContext.SuppressFlow())
        {
            handle = scheduler.Run<(string?, string?)>(controls =>
            {
                var inRun = _local.Value;
                _local.Value = "inside";
                using (ExecutionContext.SuppressFlow())
                    return (inRun, controls.NewTask(() => _local.Value).Run().GetResult(Limits.Wait));
            });
        }

        Assert.Equal((null, null), handle.GetResult(Limits.Wait));
    }

    [Theory]
    [InlineData(Dispatchers.Inline)]
    [InlineData(Dispatchers.Pinned)]
    [Guarantee("X7")]
    public void A_callable_that_interrupts_its_own_thread_harms_neither_itself_nor_the_next_one(string dispatcher)
    {
        const int tasks = 2000;
        using var scheduler = new Scheduler(Schedulers.Options(pipelines: 2, tasks: 4).On(dispatcher));
        using var stop = new CancellationTokenSource();
        var watchers = Bounded.OnOwnThreads(2, _ =>
        {
            while (!stop.IsCancellationRequested)
                scheduler.Snapshot();
            return true;
        });

        var pipeline = scheduler.Run(controls =>
        {
            var handles = Enumerable.Range(0, tasks).Select(i => controls.NewTask(() =>
            {
                Thread.CurrentThread.Interrupt();
                return i;
            }).Run()).ToList();
            controls.Wait(handles, Limits.Wait);
            Thread.CurrentThread.Interrupt();
            return handles.ConvertAll(handle => handle.State == TaskState.Succeeded);
        });

        var succeeded = Record.Exception(() => pipeline.GetException(Limits.Wait));
        stop.Cancel();
        watchers.End();
        Assert.Null(succeeded);
        Assert.Equal(Enumerable.Repeat(true, tasks), pipeline.GetResult(Limits.Wait));
        Assert.Equal(42, scheduler.Result(controls => controls.NewTask(() => 42).Run().GetResult(Limits.Wait)));
        Bounded.OnOwnThread(() => scheduler.Close()).Ends();
    }

    private (string?, CultureInfo, CultureInfo, SynchronizationContext?) LookAndSpoil(IPipelineControls controls, string value)
    {
        Assert.Null(SynchronizationContext.Current);
        Assert.Null(_local.Value);
        Spoil(value);
        using (ExecutionContext.SuppressFlow())
        {
            return controls.NewTask(() =>
            {
                var seen = (_local.Value, CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture, SynchronizationContext.Current);
                Spoil(value);
                return seen;
            }).Run().GetResult(Limits.Wait);
        }
    }

    private void Spoil(string value)
    {
        _local.Value = value;
        CultureInfo.CurrentCulture = new CultureInfo("tr-TR");
        CultureInfo.CurrentUICulture = new CultureInfo("ja-JP");
        SynchronizationContext.SetSynchronizationContext(new LoneContext());
    }
}
