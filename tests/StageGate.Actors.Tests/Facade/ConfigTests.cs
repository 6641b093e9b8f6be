using Akka.Configuration;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

public class ConfigTests
{
    [Fact]
    public void Every_key_is_read()
    {
        var options = From(
            """
            stagegate {
              resources { cpu = 16, mem = 2.5, none = 0 }
              pipeline-parallelism = 3
              task-parallelism = 8
              scheduler-dispatcher = "stagegate.dispatchers.pinned"
              coordinator-dispatcher = "mine.coordinator"
              worker-dispatcher = mine.worker
            }
            """);

        Assert.Equal(
            [new("cpu", 16m), new("mem", 2.5m), new("none", 0m)],
            options.Resources.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        Assert.Equal(3, options.PipelineParallelism);
        Assert.Equal(8, options.TaskParallelism);
        Assert.Equal("stagegate.dispatchers.pinned", options.SchedulerDispatcher);
        Assert.Equal("mine.coordinator", options.CoordinatorDispatcher);
        Assert.Equal("mine.worker", options.WorkerDispatcher);
    }

    [Theory]
    [InlineData("")]
    [InlineData("stagegate { }")]
    [InlineData("akka.loglevel = ERROR")]
    public void What_is_not_said_has_the_default(string hocon) => AssertDefaults(From(hocon));

    [Fact]
    public void The_reference_configuration_says_the_defaults() => AssertDefaults(From(File.ReadAllText(ReferenceFile())));

    [Fact]
    public void A_scheduler_made_from_the_reference_configuration_works()
    {
        using var scheduler = new Scheduler(From(File.ReadAllText(ReferenceFile())));

        Assert.Equal(5, scheduler.Result(c => c.NewTask(() => 5).Run().GetResult(Limits.Wait)));
    }

    [Fact]
    public void A_null_configuration_is_refused() =>
        Assert.Equal("config", Assert.Throws<ArgumentNullException>(() => SchedulerOptions.FromConfig(null!)).ParamName);

    [Theory]
    [InlineData("pipeline-parallelism = 0", "stagegate.pipeline-parallelism")]
    [InlineData("pipeline-parallelism = -2", "stagegate.pipeline-parallelism")]
    [InlineData("task-parallelism = 0", "stagegate.task-parallelism")]
    [InlineData("resources { cpu = -1 }", "stagegate.resources.cpu")]
    [InlineData("resources { \"gpu.a\" = -0.1 }", "stagegate.resources.gpu.a")]
    public void A_number_out_of_range_is_refused_by_key(string setting, string key)
    {
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => From($"stagegate {{ {setting} }}"));

        Assert.Contains(key, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pipeline-parallelism = many", "stagegate.pipeline-parallelism")]
    [InlineData("pipeline-parallelism = 1.5", "stagegate.pipeline-parallelism")]
    [InlineData("pipeline-parallelism = 99999999999", "stagegate.pipeline-parallelism")]
    [InlineData("pipeline-parallelism = [1]", "stagegate.pipeline-parallelism")]
    [InlineData("task-parallelism = {}", "stagegate.task-parallelism")]
    [InlineData("task-parallelism = \"\"", "stagegate.task-parallelism")]
    [InlineData("scheduler-dispatcher = \"\"", "stagegate.scheduler-dispatcher")]
    [InlineData("coordinator-dispatcher = [a]", "stagegate.coordinator-dispatcher")]
    [InlineData("worker-dispatcher { a = 1 }", "stagegate.worker-dispatcher")]
    [InlineData("resources = 5", "stagegate.resources")]
    [InlineData("resources { cpu = lots }", "stagegate.resources.cpu")]
    [InlineData("resources { cpu = NaN }", "stagegate.resources.cpu")]
    [InlineData("resources { cpu = Infinity }", "stagegate.resources.cpu")]
    [InlineData("resources { cpu = 1e99 }", "stagegate.resources.cpu")]
    [InlineData("resources { cpu = [1] }", "stagegate.resources.cpu")]
    [InlineData("resources { gpu.a100 = 2 }", "stagegate.resources.gpu")]
    public void A_value_of_another_kind_is_refused_by_key(string setting, string key) =>
        Assert.Contains(key, Assert.Throws<ArgumentException>(() => From($"stagegate {{ {setting} }}")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("task-paralelism = 4", "stagegate.task-paralelism")]
    [InlineData("Task-Parallelism = 4", "stagegate.Task-Parallelism")]
    [InlineData("resource { cpu = 4 }", "stagegate.resource.")]
    public void An_unknown_key_is_refused_by_name(string setting, string key) =>
        Assert.Contains(key, Assert.Throws<ArgumentException>(() => From($"stagegate {{ {setting} }}")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_section_that_is_no_section_is_refused() =>
        Assert.Contains("stagegate", Assert.Throws<ArgumentException>(() => From("stagegate = 5")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_label_in_quotes_may_have_dots_and_blanks_and_works()
    {
        var options = From("""stagegate.resources { "gpu.a100" = 2, "big mem" = 0.5, "plain" = 1 }""");
        using var scheduler = new Scheduler(options);

        Assert.Equal(["big mem", "gpu.a100", "plain"], scheduler.Snapshot().Resources.Select(usage => usage.Label));
        Assert.Equal(2, scheduler.Result(c => c.NewTask(() => 2).Requires("gpu.a100", 2).Run().GetResult(Limits.Wait)));
    }

    [Fact]
    public void Amounts_are_read_exactly_and_in_any_culture()
    {
        var options = From("""stagegate.resources { a = 0.1, b = 1e3, c = "2.50", d = 79228162514264337593543950335 }""");

        Assert.Equal(
            [0.1m, 1000m, 2.50m, decimal.MaxValue],
            options.Resources.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value));
    }

    [Fact]
    public void The_same_label_with_and_without_quotes_is_one_label_and_the_later_wins()
    {
        var options = From("""stagegate.resources { cpu = 1, "cpu" = 2 }""");

        Assert.Equal([new("cpu", 2m)], options.Resources);
    }

    [Fact]
    public void Layers_of_configuration_are_merged_and_the_upper_one_wins()
    {
        var upper = ConfigurationFactory.ParseString("stagegate { resources.cpu = 4, task-parallelism = 6 }");
        var lower = ConfigurationFactory.ParseString("stagegate { pipeline-parallelism = 5, resources { cpu = 1, mem = 2 } }");

        var options = SchedulerOptions.FromConfig(upper.WithFallback(lower));

        Assert.Equal(
            [new("cpu", 4m), new("mem", 2m)],
            options.Resources.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        Assert.Equal((5, 6), (options.PipelineParallelism, options.TaskParallelism));
    }

    [Fact]
    public void Options_that_were_read_may_be_changed_before_use()
    {
        var options = From("stagegate { resources.cpu = 4, task-parallelism = 2 }");
        options.Resources["mem"] = 8;
        options.TaskParallelism = null;
        using var scheduler = new Scheduler(options);

        Assert.Equal(["cpu", "mem"], scheduler.Snapshot().Resources.Select(usage => usage.Label));
        Assert.Equal(1, scheduler.Snapshot().TaskParallelism);
    }

    private static SchedulerOptions From(string hocon) => SchedulerOptions.FromConfig(ConfigurationFactory.ParseString(hocon));

    private static void AssertDefaults(SchedulerOptions options)
    {
        var defaults = new SchedulerOptions();
        Assert.Empty(options.Resources);
        Assert.Equal(1, options.PipelineParallelism);
        Assert.Equal(1, options.TaskParallelism ?? 1);
        Assert.Equal(defaults.SchedulerDispatcher, options.SchedulerDispatcher);
        Assert.Equal(defaults.CoordinatorDispatcher, options.CoordinatorDispatcher);
        Assert.Equal(defaults.WorkerDispatcher, options.WorkerDispatcher);
    }

    private static string ReferenceFile()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "StageGate.Actors.sln")))
            directory = directory.Parent;
        Assert.NotNull(directory);
        return Path.Combine(directory.FullName, "hocon", "stagegate.conf");
    }
}
