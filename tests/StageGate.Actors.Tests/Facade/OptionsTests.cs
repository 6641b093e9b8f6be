using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

public class OptionsTests
{
    [Fact]
    public void Options_are_one_pipeline_one_task_and_no_resources_by_default()
    {
        var options = new SchedulerOptions();

        Assert.Equal(1, options.PipelineParallelism);
        Assert.Null(options.TaskParallelism);
        Assert.Empty(options.Resources);
    }

    [Fact]
    public void A_task_parallelism_of_null_means_one()
    {
        using var scheduler = new Scheduler(new SchedulerOptions { TaskParallelism = null });

        Assert.Equal(1, scheduler.Snapshot().TaskParallelism);
    }

    [Fact]
    [Guarantee("R1")]
    public void Null_options_are_refused() =>
        Assert.Equal("options", Assert.Throws<ArgumentNullException>(() => new Scheduler(null!)).ParamName);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [Guarantee("R1")]
    public void A_pipeline_parallelism_below_one_is_refused_by_name(int value)
    {
        var refused = Assert.Throws<ArgumentOutOfRangeException>(
            () => new Scheduler(new SchedulerOptions { PipelineParallelism = value }));

        Assert.Equal(value, refused.ActualValue);
        Assert.Contains("PipelineParallelism", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [Guarantee("R1")]
    public void A_task_parallelism_below_one_is_refused_by_name(int value)
    {
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => new Scheduler(new SchedulerOptions { TaskParallelism = value }));

        Assert.Equal(value, refused.ActualValue);
        Assert.Contains("TaskParallelism", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Guarantee("R1")]
    public void A_negative_capacity_is_refused_by_label()
    {
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => Schedulers.New(resources: ("mem", -0.5m)));

        Assert.Equal(-0.5m, refused.ActualValue);
        Assert.Contains("'mem'", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [Guarantee("R1")]
    public void An_empty_label_is_refused(string label)
    {
        var refused = Assert.Throws<ArgumentException>(() => Schedulers.New(resources: (label, 1)));

        Assert.Contains("label", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_null_label_cannot_be_written() =>
        Assert.Throws<ArgumentNullException>(() => new SchedulerOptions().Resources[null!] = 1);

    [Theory]
    [InlineData("SchedulerDispatcher")]
    [InlineData("CoordinatorDispatcher")]
    [InlineData("WorkerDispatcher")]
    [Guarantee("R1")]
    public void A_dispatcher_that_does_not_exist_or_has_no_id_is_refused_by_name(string option)
    {
        foreach (var id in (string[])["no.such-dispatcher", "", " "])
        {
            var options = new SchedulerOptions();
            typeof(SchedulerOptions).GetProperty(option)!.SetValue(options, id);

            var refused = Assert.Throws<ArgumentException>(() => new Scheduler(options));

            Assert.Contains($"SchedulerOptions.{option}", refused.Message, StringComparison.Ordinal);
            Assert.Contains(id.Trim(), refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_pinned_dispatcher_serves_the_scheduler_too()
    {
        using var scheduler = new Scheduler(new SchedulerOptions { SchedulerDispatcher = "stagegate.dispatchers.pinned" });

        Assert.Equal(7, scheduler.Result(c => c.NewTask(() => 7).Run().GetResult(Limits.Wait)));
    }

    [Fact]
    [Guarantee("R3")]
    public void Labels_are_ordinal_and_case_sensitive()
    {
        using var scheduler = Schedulers.New(resources: [("cpu", 1), ("CPU", 2), ("Cpu", 3)]);

        Assert.Equal(
            [new ResourceUsage("CPU", 2, 0), new ResourceUsage("Cpu", 3, 0), new ResourceUsage("cpu", 1, 0)],
            scheduler.Snapshot().Resources);
    }

    [Fact]
    public void A_capacity_may_be_nothing_or_all_that_a_decimal_holds()
    {
        using var scheduler = Schedulers.New(resources: [("none", 0), ("all", decimal.MaxValue)]);

        Assert.Equal(1, scheduler.Result(c => c.NewTask(() => 1).Requires("all", decimal.MaxValue).Requires("none", 0).Run().GetResult()));
        Assert.Equal([decimal.MaxValue, 0], scheduler.Snapshot().Resources.Select(usage => usage.Available));
    }

    [Fact]
    [Guarantee("R2", "L6")]
    public void Options_are_copied_so_that_later_changes_do_nothing()
    {
        var options = Schedulers.Options(2, 3, ("cpu", 4));
        using var scheduler = new Scheduler(options);

        options.PipelineParallelism = 20;
        options.TaskParallelism = 30;
        options.Resources["cpu"] = 40;
        options.Resources["mem"] = 50;

        var snapshot = scheduler.Snapshot();
        Assert.Equal((2, 3), (snapshot.PipelineParallelism, snapshot.TaskParallelism));
        Assert.Equal([new ResourceUsage("cpu", 4, 0)], snapshot.Resources);
    }

    [Fact]
    public void One_set_of_options_makes_several_schedulers_that_share_nothing()
    {
        var options = Schedulers.Options(1, 1, ("cpu", 1));
        using var first = new Scheduler(options);
        using var second = new Scheduler(options);
        using var gate = new Gate();

        first.Result(c => c.NewTask(gate.Pass).Requires("cpu", 1).Run());
        gate.WaitUntilEntered();

        Assert.Equal(2, second.Result(c => c.NewTask(() => 2).Requires("cpu", 1).Run().GetResult(Limits.Wait)));
    }
}
