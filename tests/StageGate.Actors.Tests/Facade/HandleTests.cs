using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>States, ids, names, equality and text of the handles of tasks and pipelines.</summary>
public class HandleTests
{
    [Fact]
    [Guarantee("V5")]
    public void A_task_is_queued_then_ready_then_running_then_succeeded()
    {
        var workers = new HeldWorkers();
        using var scheduler = new Scheduler(workers.Options());
        using var gate = new Gate();
        using var release = workers;
        var (first, second) = scheduler.Result(c => (c.NewTask(gate.Pass).Run(), c.NewTask(() => { }).Run()));

        AssertState(second, TaskState.Queued);
        AssertState(first, TaskState.Ready);
        workers.Dispose();
        gate.WaitUntilEntered();
        AssertState(first, TaskState.Running, running: true);
        gate.Open();
        second.GetResult(Limits.Wait);
        AssertState(first, TaskState.Succeeded, done: true);
    }

    [Fact]
    public void A_ready_task_is_admitted_and_holds_its_resources_but_does_not_run()
    {
        var workers = new HeldWorkers();
        using var scheduler = new Scheduler(workers.Options(2, ("cpu", 3)));
        using var release = workers;

        scheduler.Result(c => c.NewTask(() => { }).Requires("cpu", 2).Run());

        Assert.Equal(new TaskCounts(Queued: 0, Admitted: 1, Running: 0, 0, 0, 0, 0), scheduler.Snapshot().Tasks);
        Assert.Equal(2, Assert.Single(scheduler.Snapshot().Resources).InUse);
    }

    [Fact]
    public void A_task_that_throws_has_failed()
    {
        using var scheduler = Schedulers.New();
        var task = scheduler.Result(c => c.NewTask(() => throw new InvalidDataException()).Run());

        Assert.NotNull(task.GetException(Limits.Wait));
        AssertState(task, TaskState.Failed, done: true);
    }

    [Fact]
    public void A_pipeline_is_queued_then_running_then_succeeded()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        using var second = new Gate();
        scheduler.Run(_ => { gate.Pass(); return 0; });
        var pipeline = scheduler.Run(_ => { second.Pass(); return 0; });
        gate.WaitUntilEntered();

        AssertState(pipeline, PipelineState.Queued);
        gate.Open();
        second.WaitUntilEntered();
        AssertState(pipeline, PipelineState.Running, running: true);
        second.Open();
        pipeline.GetResult(Limits.Wait);
        AssertState(pipeline, PipelineState.Succeeded, done: true);
    }

    [Fact]
    [Guarantee("S3")]
    public void Pipelines_and_tasks_are_numbered_from_one_in_series_of_their_own()
    {
        using var scheduler = Schedulers.New();

        var runs = Enumerable.Range(0, 3)
            .Select(_ => scheduler.Run(c => new[] { c.NewTask(() => { }).Run().Id, c.NewTask(() => 1).Run().Id }))
            .ToArray();

        Assert.Equal([1L, 2L, 3L], runs.Select(run => run.Id));
        Assert.Equal([1L, 2L, 3L, 4L, 5L, 6L], runs.SelectMany(run => run.GetResult(Limits.Wait)));
    }

    [Fact]
    [Guarantee("S3")]
    public void Work_that_was_refused_takes_no_number()
    {
        using var scheduler = Schedulers.New();
        var used = new ScriptedPipeline<int>(_ => 1);
        scheduler.RunPipeline(used);
        Assert.Throws<InvalidOperationException>(() => scheduler.RunPipeline(used));

        var next = scheduler.Run(c =>
        {
            Assert.Throws<UnknownResourceException>(() => c.NewTask(() => 1).Requires("nope", 1).Run());
            return c.NewTask(() => 1).Run().Id;
        });

        Assert.Equal(2, next.Id);
        Assert.Equal(1, next.GetResult(Limits.Wait));
    }

    [Fact]
    [Guarantee("S1", "S3")]
    public async Task Pipelines_that_are_submitted_at_the_same_time_have_numbers_in_the_order_in_which_they_start()
    {
        using var scheduler = Schedulers.New();
        var started = new List<int>();
        PipelineHandle<int>[] handles = [.. (await Task.WhenAll(Enumerable.Range(0, 4).Select(who => Task.Run(() => Enumerable.Range(0, 50)
            .Select(i => scheduler.Run(_ => { started.Add((who * 50) + i); return (who * 50) + i; })).ToArray())))
            .WaitAsync(Limits.Wait)).SelectMany(some => some)];

        scheduler.Close();

        Assert.Equal(Enumerable.Range(1, 200).Select(i => (long)i), handles.Select(handle => handle.Id).Order());
        Assert.Equal(handles.OrderBy(handle => handle.Id).Select(handle => handle.GetResult()), started);
    }

    [Fact]
    public void Handles_are_equal_when_they_stand_for_the_same_work_of_the_same_scheduler()
    {
        using var scheduler = Schedulers.New();
        using var elsewhere = Schedulers.New();
        var pipeline = scheduler.Run(c =>
        {
            var task = c.NewTask(() => 1).Run();
            return (task, same: c.Wait<TaskHandle>([task]).Done.Single(), other: c.NewTask(() => 1).Run());
        });
        var twin = elsewhere.Run(c => c.NewTask(() => 1).Run());
        var (task, same, other) = pipeline.GetResult(Limits.Wait);
        var foreign = twin.GetResult(Limits.Wait);

        Assert.True(task.Equals(same));
        Assert.Equal(task.GetHashCode(), same.GetHashCode());
        Assert.False(task.Equals(other));
        Assert.Equal(task.Id, foreign.Id);
        Assert.False(task.Equals(foreign));
        Assert.Equal(pipeline.Id, twin.Id);
        Assert.False(pipeline.Equals(twin));
        Assert.False(pipeline.Equals(task));
        Assert.False(task.Equals(null));
        Assert.Equal(4, new HashSet<WorkHandle> { task, same, other, foreign, pipeline, pipeline }.Count);
    }

    [Fact]
    public void The_text_of_a_handle_shows_kind_id_name_and_state()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var pipeline = scheduler.Run(c => (c.NewTask(gate.Pass).Named("resize").Run(), c.NewTask(() => 1).Run()), "photos");
        var (running, queued) = pipeline.GetResult(Limits.Wait);
        gate.WaitUntilEntered();

        Assert.Equal("task 1 'resize' (Running)", running.ToString());
        Assert.Equal("task 2 (Queued)", queued.ToString());
        Assert.Equal("pipeline 1 'photos' (Succeeded)", pipeline.ToString());
        Assert.Equal(("resize", null, "photos"), (running.Name, queued.Name, pipeline.Name));
        queued.Cancel();
        Assert.Equal("task 2 (Canceled)", queued.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("line\nbreak\u0007")]
    [InlineData("quote ' {0} {braces}")]
    [InlineData("\U0001F600 \u00e9")]
    public void A_name_may_be_anything_and_its_text_stays_on_one_line(string name)
    {
        using var scheduler = Schedulers.New();

        var pipeline = scheduler.Run(c => c.NewTask(() => 1).Named(name).Run(), name);
        var task = pipeline.GetResult(Limits.Wait);

        Assert.Equal((name, name), (pipeline.Name, task.Name));
        Assert.DoesNotContain(task.ToString() + pipeline, char.IsControl);
    }

    [Fact]
    public void A_very_long_name_is_kept_and_cut_where_it_is_shown()
    {
        using var scheduler = Schedulers.New();
        var name = new string('n', 100_000);

        var pipeline = scheduler.Run(_ => 1, name);

        Assert.Equal(name, pipeline.Name);
        Assert.InRange(pipeline.ToString().Length, 50, 200);
    }

    private static void AssertState(TaskHandle task, TaskState state, bool running = false, bool done = false) =>
        Assert.Equal((state, running, done, false), (task.State, task.IsRunning, task.IsDone, task.IsCanceled));

    private static void AssertState(PipelineHandle pipeline, PipelineState state, bool running = false, bool done = false) =>
        Assert.Equal((state, running, done, false), (pipeline.State, pipeline.IsRunning, pipeline.IsDone, pipeline.IsCanceled));
}
