using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

public class PipelineTests
{
    [Fact]
    public void The_value_that_Run_returns_is_the_result_of_its_handle()
    {
        using var scheduler = Schedulers.New();

        var handle = scheduler.Run(_ => 42, "answer");

        Assert.Equal(42, handle.GetResult(Limits.Wait));
        Assert.Equal(PipelineState.Succeeded, handle.State);
        Assert.Equal("pipeline 1 'answer' (Succeeded)", handle.ToString());
    }

    [Fact]
    public void A_pipeline_without_a_result_ends_with_its_Run()
    {
        using var scheduler = Schedulers.New();
        var pipeline = new Plain();

        var handle = scheduler.RunPipeline(pipeline, "plain");

        handle.GetResult(Limits.Wait);
        Assert.True(pipeline.HasRun);
        Assert.Equal(PipelineState.Succeeded, handle.State);
        Assert.IsType<PipelineHandle>(handle);
        Assert.Null(handle.GetException(Limits.Wait));
    }

    [Fact]
    public void What_Run_throws_is_the_failure_of_its_handle()
    {
        using var scheduler = Schedulers.New();
        var thrown = new InvalidDataException("bad");

        var handle = scheduler.Run<int>(_ => throw thrown);

        Assert.Same(thrown, Assert.Throws<InvalidDataException>(() => handle.GetResult(Limits.Wait)));
        Assert.Same(thrown, handle.GetException());
        Assert.Equal(PipelineState.Failed, handle.State);
        Assert.True(handle.IsDone);
        Assert.False(handle.IsRunning);
        Assert.False(handle.IsCanceled);
    }

    [Fact]
    [Guarantee("T3")]
    public void A_Run_that_throws_OperationCanceledException_has_failed_with_it()
    {
        using var scheduler = Schedulers.New();
        var thrown = new OperationCanceledException("by itself");

        var handle = scheduler.Run<int>(_ => throw thrown);

        Assert.Same(thrown, handle.GetException(Limits.Wait));
        Assert.Equal(PipelineState.Failed, handle.State);
        Assert.True(handle.Completion.IsFaulted);
    }

    [Fact]
    [Guarantee("X1")]
    public void A_failed_task_does_not_fail_its_pipeline()
    {
        using var scheduler = Schedulers.New();

        var (done, pending) = scheduler.Result(c => c.Wait([c.NewTask(() => throw new InvalidDataException()).Run()]));

        Assert.Equal(TaskState.Failed, Assert.Single(done).State);
        Assert.Empty(pending);
    }

    [Fact]
    [Guarantee("R1")]
    public void A_null_pipeline_is_refused()
    {
        using var scheduler = Schedulers.New();

        Assert.Equal("pipeline", Assert.Throws<ArgumentNullException>(() => scheduler.RunPipeline((Pipeline)null!)).ParamName);
        Assert.Equal("pipeline", Assert.Throws<ArgumentNullException>(() => scheduler.RunPipeline((Pipeline<int>)null!)).ParamName);
    }

    [Fact]
    [Guarantee("S4")]
    public void A_pipeline_is_used_up_by_its_submission_whatever_becomes_of_it()
    {
        using var scheduler = Schedulers.New();
        using var elsewhere = Schedulers.New();
        using var gate = new Gate();
        var running = new ScriptedPipeline<int>(_ => { gate.Pass(); return 1; });
        var canceled = new ScriptedPipeline<int>(_ => 2);
        var ended = new ScriptedPipeline<int>(_ => 3);
        elsewhere.RunPipeline(ended).GetResult(Limits.Wait);
        scheduler.RunPipeline(running);
        gate.WaitUntilEntered();
        Assert.True(scheduler.RunPipeline(canceled).Cancel());

        foreach (var pipeline in (ScriptedPipeline<int>[])[running, canceled, ended])
        {
            foreach (var target in (Scheduler[])[scheduler, elsewhere])
            {
                var refused = Assert.Throws<InvalidOperationException>(() => target.RunPipeline(pipeline));
                Assert.Contains("ScriptedPipeline", refused.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    [Guarantee("S4")]
    public async Task Of_many_concurrent_submissions_of_one_pipeline_one_is_accepted()
    {
        using var scheduler = Schedulers.New();
        for (var round = 0; round < 50; round++)
        {
            var runs = 0;
            var pipeline = new ScriptedPipeline<int>(_ => Interlocked.Increment(ref runs));
            using var start = new Barrier(4);
            var attempts = Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait(Limits.Wait);
                    try
                    {
                        return scheduler.RunPipeline(pipeline);
                    }
                    catch (InvalidOperationException)
                    {
                        return null;
                    }
                },
                TaskCreationOptions.LongRunning)).ToArray();

            var handles = await Task.WhenAll(attempts).WaitAsync(Limits.Wait);

            Assert.Equal(1, Assert.Single(handles, handle => handle is not null)!.GetResult(Limits.Wait));
            Assert.Equal(1, runs);
        }

        Assert.Equal(50, scheduler.Snapshot().Pipelines.Total);
    }

    [Fact]
    [Guarantee("S4")]
    public void A_pipeline_that_was_refused_may_be_submitted_elsewhere()
    {
        using var closing = Schedulers.New();
        using var scheduler = Schedulers.New();
        var pipeline = new ScriptedPipeline<int>(_ => 8);
        closing.Shutdown();

        Assert.Throws<InvalidOperationException>(() => closing.RunPipeline(pipeline));

        Assert.Equal(8, scheduler.RunPipeline(pipeline).GetResult(Limits.Wait));
    }

    [Fact]
    public void Leaving_the_block_closes_the_scheduler_after_its_work_has_ended()
    {
        PipelineHandle<int> handle;
        Scheduler scheduler;
        using (scheduler = Schedulers.New())
        {
            handle = scheduler.Run(c => c.NewTask(() => 6).Run().GetResult());
            Assert.False(scheduler.IsClosed);
        }

        Assert.True(scheduler.IsClosed);
        Assert.True(scheduler.ShutdownStarted);
        Assert.Equal(6, handle.GetResult(TimeSpan.Zero));
        Assert.Throws<InvalidOperationException>(() => scheduler.Run(_ => 1));
    }

    [Fact]
    public void A_pipeline_may_submit_and_await_another_one_where_there_is_room()
    {
        using var scheduler = Schedulers.New(pipelines: 2);

        Assert.Equal(5, scheduler.Result(_ => scheduler.Result(_ => 5)));
    }

    private sealed class Plain : Pipeline
    {
        public bool HasRun { get; private set; }

        protected override void Run() => HasRun = true;
    }
}
