using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>The control calls are valid only while Run() is executing, and only on the thread that executes it.</summary>
public class PipelineControlTests
{
    [Fact]
    [Guarantee("U4")]
    public void Before_the_start_every_control_call_is_refused()
    {
        var pipeline = new ScriptedPipeline<int>(_ => 1);

        AssertRefused(pipeline, "before");
        Assert.Equal(0, pipeline.Stage);
    }

    [Fact]
    [Guarantee("U4")]
    public void While_the_pipeline_is_queued_every_control_call_is_refused()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        scheduler.Run(_ => { gate.Pass(); return 1; });
        var queued = new ScriptedPipeline<int>(_ => 1);
        scheduler.RunPipeline(queued);

        AssertRefused(queued, "before");
    }

    [Fact]
    [Guarantee("U4")]
    public void After_the_end_every_control_call_is_refused()
    {
        using var scheduler = Schedulers.New();
        var pipeline = new ScriptedPipeline<int>(c => { c.StageForward(); return 1; });
        scheduler.RunPipeline(pipeline, "past").GetResult(Limits.Wait);

        AssertRefused(pipeline, "pipeline 1 'past'");
        Assert.Equal(1, pipeline.Stage);
    }

    [Fact]
    [Guarantee("U4")]
    public void After_a_failure_every_control_call_is_refused()
    {
        using var scheduler = Schedulers.New();
        var pipeline = new ScriptedPipeline<int>(_ => throw new InvalidDataException());
        Assert.NotNull(scheduler.RunPipeline(pipeline).GetException(Limits.Wait));

        AssertRefused(pipeline, "pipeline 1");
    }

    [Fact]
    [Guarantee("U4")]
    public void On_another_thread_every_control_call_is_refused()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var pipeline = new ScriptedPipeline<int>(_ => { gate.Pass(); return 1; });
        scheduler.RunPipeline(pipeline, "elsewhere");
        gate.WaitUntilEntered();

        AssertRefused(pipeline, "pipeline 1 'elsewhere'");
    }

    [Fact]
    [Guarantee("U4")]
    public void In_a_task_of_the_pipeline_every_control_call_is_refused()
    {
        using var scheduler = Schedulers.New();
        var pipeline = new ScriptedPipeline<int>(c =>
        {
            c.NewTask(() => AssertRefused((ScriptedPipeline<int>)c, "pipeline 1")).Run().GetResult(Limits.Wait);
            return 1;
        });

        Assert.Equal(1, scheduler.RunPipeline(pipeline).GetResult(Limits.Wait));
    }

    [Fact]
    [Guarantee("U4")]
    public void In_the_Run_of_another_pipeline_every_control_call_is_refused()
    {
        using var scheduler = Schedulers.New(pipelines: 2);
        using var gate = new Gate();
        var pipeline = new ScriptedPipeline<int>(_ => { gate.Pass(); return 1; });
        scheduler.RunPipeline(pipeline);
        gate.WaitUntilEntered();

        scheduler.Result(_ =>
        {
            AssertRefused(pipeline, "pipeline 1");
            return 0;
        });
    }

    [Fact]
    public void A_builder_may_be_made_anywhere_and_is_bound_to_nothing_until_it_runs()
    {
        using var scheduler = Schedulers.New(resources: ("cpu", 1));
        TaskBuilder<int>? early = null;
        var pipeline = new ScriptedPipeline<int>(_ => early!.Run().GetResult(Limits.Wait));
        early = pipeline.NewTask(() => 9).Requires("cpu", 1).Named("early");

        Assert.Equal(0, scheduler.Snapshot().Tasks.Total);
        Assert.Equal(9, scheduler.RunPipeline(pipeline).GetResult(Limits.Wait));
    }

    [Fact]
    public void The_stage_starts_at_zero_and_advances_by_one()
    {
        using var scheduler = Schedulers.New();

        var stages = scheduler.Result(c =>
        {
            var seen = new List<int> { c.Stage };
            c.StageForward();
            seen.Add(c.Stage);
            c.StageForward();
            seen.Add(c.Stage);
            return seen;
        });

        Assert.Equal([0, 1, 2], stages);
    }

    [Fact]
    public void The_stage_may_be_read_anywhere()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        var pipeline = new ScriptedPipeline<int>(c =>
        {
            c.StageForward();
            c.StageForward();
            gate.Pass();
            return c.NewTask(() => c.Stage).Run().GetResult(Limits.Wait);
        });
        var handle = scheduler.RunPipeline(pipeline);
        gate.WaitUntilEntered();

        Assert.Equal(2, pipeline.Stage);
        gate.Open();
        Assert.Equal(2, handle.GetResult(Limits.Wait));
    }

    private static void AssertRefused(ScriptedPipeline<int> pipeline, string named)
    {
        Action[] calls =
        [
            pipeline.StageForward,
            () => pipeline.NewTask(() => 1).Run(),
            () => pipeline.NewTask(() => { }).Run(),
            () => pipeline.Wait(Array.Empty<TaskHandle>()),
            () => pipeline.Wait<TaskHandle>(null!),
        ];
        foreach (var call in calls)
            Assert.Contains(named, Assert.Throws<InvalidOperationException>(call).Message, StringComparison.Ordinal);
    }
}
