using System.Collections.Concurrent;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

public class AdmissionTests
{
    private readonly ConcurrentQueue<string> _order = new();

    [Fact]
    [Guarantee("S1")]
    public void Pipelines_start_in_the_order_of_their_submission()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();
        scheduler.Run(_ => { gate.Pass(); return 0; });
        gate.WaitUntilEntered();

        var handles = Enumerable.Range(0, 50).Select(i => scheduler.Run(_ => { _order.Enqueue($"{i}"); return i; })).ToArray();

        Assert.All(handles, handle => Assert.Equal(PipelineState.Queued, handle.State));
        gate.Open();
        scheduler.Close();
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i}"), _order);
    }

    [Fact]
    [Guarantee("S1")]
    public void As_many_pipelines_run_at_a_time_as_may_and_no_more()
    {
        using var scheduler = Schedulers.New(pipelines: 2);
        using var first = new Gate();
        using var second = new Gate();
        using var third = new Gate();
        var handles = new[] { first, second, third }.Select(gate => scheduler.Run(_ => { gate.Pass(); return 0; })).ToArray();
        first.WaitUntilEntered();
        second.WaitUntilEntered();

        Assert.Equal(PipelineState.Queued, handles[2].State);
        Assert.False(third.IsEntered);
        second.Open();
        third.WaitUntilEntered();
        Assert.Equal(PipelineState.Running, handles[0].State);
        Assert.Equal([1L, 3L], scheduler.Snapshot().RunningPipelines.Select(pipeline => pipeline.Id));
    }

    [Fact]
    [Guarantee("A4", "B1")]
    public void As_many_tasks_are_admitted_at_a_time_as_may_and_no_more()
    {
        using var scheduler = Schedulers.New(tasks: 2);
        using var first = new Gate();
        using var second = new Gate();
        using var third = new Gate();
        var handles = scheduler.Result(c => new[] { first, second, third }.Select(gate => c.NewTask(gate.Pass).Run()).ToArray());
        first.WaitUntilEntered();
        second.WaitUntilEntered();

        Assert.Equal(TaskState.Queued, handles[2].State);
        Assert.False(third.IsEntered);
        first.Open();
        third.WaitUntilEntered();
        Assert.Equal(TaskState.Running, handles[1].State);
    }

    [Theory]
    [InlineData(Dispatchers.Inline)]
    [InlineData(Dispatchers.Pinned)]
    [Guarantee("B1")]
    public void What_blocks_keeps_its_own_place_its_own_worker_and_what_it_requires_and_nothing_else(string dispatcher)
    {
        using var scheduler = new Scheduler(Schedulers.Options(pipelines: 3, tasks: 2, resources: ("cpu", 2)).On(dispatcher));
        using var inRun = new Gate();
        using var inTask = new Gate();
        var blocked = scheduler.Run(_ =>
        {
            inRun.Pass();
            return 1;
        });
        var waiting = scheduler.Run(c => c.NewTask(inTask.Pass).Requires("cpu", 1).Run().GetException(Limits.Wait));
        inRun.WaitUntilEntered();
        inTask.WaitUntilEntered();

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(2, scheduler.Result(c =>
            {
                var first = c.NewTask(() => 1).Requires("cpu", 1).Run().GetResult(Limits.Wait);
                c.StageForward();
                return first + c.NewTask(() => 1).Requires("cpu", 1).Run().GetResult(Limits.Wait);
            }));
            var snapshot = scheduler.Snapshot();
            Assert.Equal((2L, 1L), (snapshot.Pipelines.Running, snapshot.Tasks.Running));
            Assert.Equal(1, snapshot.Resources.Single().InUse);
        }

        Assert.False(blocked.IsDone || waiting.IsDone);
    }

    [Fact]
    [Guarantee("A1")]
    public void Tasks_of_one_stage_run_in_the_order_of_their_submission()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();

        scheduler.Result(c =>
        {
            c.NewTask(gate.Pass).Run();
            for (var i = 0; i < 50; i++)
                Note(c, $"{i}").Run();
            return 0;
        });

        gate.Open();
        scheduler.Close();
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i}"), _order);
    }

    [Fact]
    [Guarantee("A1", "A5")]
    public void Tasks_of_a_later_stage_go_first_and_earlier_ones_keep_the_priority_they_had()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();

        scheduler.Result(c =>
        {
            c.NewTask(gate.Pass).Run();
            Note(c, "0a").Run();
            Note(c, "0b").Run();
            c.StageForward();
            Note(c, "1a").Run();
            c.StageForward();
            c.StageForward();
            Note(c, "3a").Run();
            Note(c, "3b").Run();
            return 0;
        });

        gate.Open();
        scheduler.Close();
        Assert.Equal(["3a", "3b", "1a", "0a", "0b"], _order);
    }

    [Fact]
    [Guarantee("A5")]
    public void A_builder_of_an_earlier_stage_submits_at_the_stage_of_its_Run()
    {
        using var scheduler = Schedulers.New();
        using var gate = new Gate();

        scheduler.Result(c =>
        {
            c.NewTask(gate.Pass).Run();
            var builder = Note(c, "made at 0, run at 1");
            Note(c, "0").Run();
            c.StageForward();
            builder.Run();
            return 0;
        });

        gate.Open();
        scheduler.Close();
        Assert.Equal(["made at 0, run at 1", "0"], _order);
    }

    [Fact]
    [Guarantee("A1")]
    public void The_stage_counts_before_the_age_of_the_pipeline_and_the_age_before_the_order_of_submission()
    {
        using var scheduler = Schedulers.New(pipelines: 3);
        using var worker = new Gate();
        using var older = new Gate();
        using var younger = new Gate();
        scheduler.Result(c => c.NewTask(worker.Pass).Run());
        var oldOne = scheduler.Run(c =>
        {
            Note(c, "old 0").Run();
            older.Pass();
            Note(c, "old 0, submitted last").Run();
            return 0;
        });
        var youngOne = scheduler.Run(c =>
        {
            Note(c, "young 0").Run();
            c.StageForward();
            Note(c, "young 1").Run();
            younger.Pass();
            return 0;
        });
        older.WaitUntilEntered();
        younger.WaitUntilEntered();
        younger.Open();
        youngOne.GetResult(Limits.Wait);
        older.Open();
        oldOne.GetResult(Limits.Wait);

        worker.Open();
        scheduler.Close();

        Assert.Equal(["young 1", "old 0", "old 0, submitted last", "young 0"], _order);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Guarantee("A1")]
    public void Resources_do_not_change_the_order_of_priority(int seed)
    {
        // More workers than the resource feeds: it is the resource that lets them through one by one.
        using var scheduler = Schedulers.New(pipelines: 4, tasks: 8, resources: [("cpu", 1), ("mem", 9)]);
        using var gate = new Gate();
        var random = new Random(seed);
        var expected = new List<(int Stage, long Pipeline, int Number)>();
        scheduler.Result(c => c.NewTask(gate.Pass).Requires("cpu", 1).Run());
        gate.WaitUntilEntered();
        for (var i = 0; i < 4; i++)
        {
            var steps = Enumerable.Range(0, 30).Select(_ => (Forward: random.Next(4) == 0, Memory: random.Next(10))).ToArray();
            var pipeline = scheduler.Run(c =>
            {
                for (var number = 0; number < steps.Length; number++)
                {
                    if (steps[number].Forward)
                        c.StageForward();
                    Note(c, $"{(c.Stage, i + 2L, number)}").Requires("cpu", 1).Requires("mem", steps[number].Memory).Run();
                    expected.Add((c.Stage, i + 2L, number));
                }

                return 0;
            });
            pipeline.GetResult(Limits.Wait);
        }

        gate.Open();
        scheduler.Close();

        var inOrder = expected.OrderByDescending(task => task.Stage).ThenBy(task => task.Pipeline).ThenBy(task => task.Number);
        Assert.Equal(inOrder.Select(task => $"{task}"), _order);
    }

    private TaskBuilder Note(IPipelineControls controls, string what) => controls.NewTask(() => _order.Enqueue(what));
}
