using System.Globalization;
using System.Text;
using Akka.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using StageGate.Actors.Hosting.Tests.Support;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Hosting.Tests;

public class OptionsSectionTests
{
    private const string Known =
        "Resources, PipelineParallelism, TaskParallelism, SchedulerDispatcher, CoordinatorDispatcher, WorkerDispatcher, " +
        "StopTimeout, DrainOnStop, TerminationGrace, HealthCheckTimeout, StuckAfter";

    [Theory]
    [InlineData("Cpus", "4", $"StageGate:Cpus is no option of a scheduler. There are: {Known}.")]
    [InlineData("Resources:cpu", "x", "StageGate:Resources:cpu is 'x'; it must be a decimal number, as in 2.5.")]
    [InlineData("Resources:cpu", "", "StageGate:Resources:cpu is ''; it must be a decimal number, as in 2.5.")]
    [InlineData("Resources:cpu", null, "StageGate:Resources:cpu is null; it must be a decimal number, as in 2.5.")]
    [InlineData("Resources:cpu", "1,5", "StageGate:Resources:cpu is '1,5'; it must be a decimal number, as in 2.5.")]
    [InlineData("Resources:cpu", "1e-30", "StageGate:Resources:cpu is '1e-30'; it must be a number that has no more digits than a decimal can hold.")]
    [InlineData("Resources:cpu", "NaN", "StageGate:Resources:cpu is 'NaN'; it must be a decimal number, as in 2.5.")]
    [InlineData("Resources:cpu", "-0.1", "StageGate:Resources:cpu is -0.1; it must be zero or more.")]
    [InlineData("Resources:a:b", "1", "StageGate:Resources:a is a section; it must be a decimal number. A label has no colon.")]
    [InlineData("Resources: ", "1", "StageGate:Resources has an empty label.")]
    [InlineData("Resources", "4", "StageGate:Resources is '4'; it must be a section with an amount for each label.")]
    [InlineData("PipelineParallelism", "0", "StageGate:PipelineParallelism is 0; it must be 1 or more.")]
    [InlineData("PipelineParallelism", "many", "StageGate:PipelineParallelism is 'many'; it must be a whole number.")]
    [InlineData("PipelineParallelism:x", "1", "StageGate:PipelineParallelism is a section; it must be a single value.")]
    [InlineData("TaskParallelism", "-1", "StageGate:TaskParallelism is -1; it must be 1 or more.")]
    [InlineData("TaskParallelism", "1.5", "StageGate:TaskParallelism is '1.5'; it must be a whole number.")]
    [InlineData("TaskParallelism", "99999999999", "StageGate:TaskParallelism is '99999999999'; it must be a whole number.")]
    [InlineData("WorkerDispatcher", "", "StageGate:WorkerDispatcher is ''; it must be the id of a dispatcher.")]
    [InlineData("DrainOnStop", "maybe", "StageGate:DrainOnStop is 'maybe'; it must be true or false.")]
    [InlineData("StopTimeout", "30", "StageGate:StopTimeout is '30'; it must be a time as in 00:00:30.")]
    [InlineData("StopTimeout", "soon", "StageGate:StopTimeout is 'soon'; it must be a time as in 00:00:30.")]
    [InlineData("StopTimeout", "-00:00:01", "StageGate:StopTimeout is -00:00:01; it must be from zero to 7 days.")]
    [InlineData("TerminationGrace", "8.00:00:00", "StageGate:TerminationGrace is 8.00:00:00; it must be from zero to 7 days.")]
    [InlineData("HealthCheckTimeout", "00:00:00", "StageGate:HealthCheckTimeout is 00:00:00; it must be from more than zero to 7 days.")]
    [InlineData("StuckAfter", "00:00:00", "StageGate:StuckAfter is 00:00:00; it must be from more than zero to 7 days.")]
    [Guarantee("H1")]
    public async Task A_setting_that_is_wrong_is_refused_at_host_start_by_its_full_key(string key, string? value, string fault)
    {
        await using var host = new TestHost(
            akka => akka.WithStageGate(SectionOf(($"StageGate:{key}", value))));

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(host.Start);

        Assert.Equal(fault, refusal.Message);
    }

    [Fact]
    [Guarantee("H1")]
    public void All_that_is_wrong_is_said_at_once()
    {
        var section = SectionOf(
            ("StageGate:Resources:cpu", "-1"), ("StageGate:Cpus", "4"), ("StageGate:TaskParallelism", "0"), ("StageGate:StopTimeout", "1"));

        var refusal = Assert.Throws<OptionsValidationException>(() => Builder().WithStageGate("index", section));

        Assert.Equal("index", refusal.OptionsName);
        Assert.Equal(
            [
                $"StageGate:Cpus is no option of a scheduler. There are: {Known}.",
                "StageGate:StopTimeout is '1'; it must be a time as in 00:00:30.",
                "StageGate:Resources:cpu is -1; it must be zero or more.",
                "StageGate:TaskParallelism is 0; it must be 1 or more.",
            ],
            refusal.Failures);
    }

    [Fact]
    public void A_section_that_is_not_there_is_refused()
    {
        var section = new ConfigurationBuilder().Build().GetSection("StageGate:Index");

        var refusal = Assert.Throws<OptionsValidationException>(() => Builder().WithStageGate(section));

        Assert.Equal(
            "The configuration has nothing under 'StageGate:Index'; it must say what the scheduler is made from.", refusal.Message);
    }

    [Fact]
    public void A_value_in_place_of_the_section_is_refused()
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Builder().WithStageGate(SectionOf(("StageGate", "4"))));

        Assert.Equal("StageGate is '4'; it must be a section with the options of a scheduler.", refusal.Message);
    }

    /// <summary>As where an environment variable was meant to change what a file says.</summary>
    [Fact]
    [Guarantee("H1")]
    public void A_value_in_place_of_a_section_is_refused_where_another_source_has_the_section()
    {
        var section = SectionOf(("StageGate", "4"), ("StageGate:Resources", "5"), ("StageGate:Resources:cpu", "6"));

        var refusal = Assert.Throws<OptionsValidationException>(() => Builder().WithStageGate(section));

        Assert.Equal(
            [
                "StageGate is '4'; it must be a section with the options of a scheduler.",
                "StageGate:Resources is '5'; it must be a section with an amount for each label.",
            ],
            refusal.Failures);
    }

    [Fact]
    public async Task An_empty_section_in_one_source_and_options_in_another_are_fine()
    {
        await using var host = await TestHost.Started(akka => akka.WithStageGate(SectionOf(
            ("StageGate", ""), ("StageGate:Resources", ""), ("StageGate:Resources:cpu", "6"))));

        Assert.Equal([new ResourceUsage("cpu", 6, 0)], host.Scheduler.Snapshot().Resources);
    }

    [Fact]
    public async Task Every_option_is_bound_whatever_the_case_of_its_key()
    {
        await using var host = await TestHost.Started(
            akka => akka.WithStageGate(SectionOf(
                ("StageGate:resources:cpu", "2.5"),
                ("StageGate:Resources:GPU", "0"),
                ("StageGate:PIPELINEPARALLELISM", "3"),
                ("StageGate:TaskParallelism", "4"),
                ("StageGate:SchedulerDispatcher", "stagegate.dispatchers.pinned"),
                ("StageGate:CoordinatorDispatcher", "stagegate.dispatchers.pinned"),
                ("StageGate:WorkerDispatcher", "stagegate.dispatchers.pinned"),
                ("StageGate:StopTimeout", "00:01:00"),
                ("StageGate:DrainOnStop", "True"),
                ("StageGate:TerminationGrace", "00:00:02"),
                ("StageGate:HealthCheckTimeout", "00:00:04"),
                ("StageGate:StuckAfter", "00:00:05"))));

        var snapshot = host.Scheduler.Snapshot();
        Assert.Equal((3, 4), (snapshot.PipelineParallelism, snapshot.TaskParallelism));
        Assert.Equal([new ResourceUsage("GPU", 0, 0), new ResourceUsage("cpu", 2.5m, 0)], snapshot.Resources);
        var options = HostedSchedulers.Of(host.Services).Get(null).Options;
        TimeSpan[] times = [options.StopTimeout, options.TerminationGrace, options.HealthCheckTimeout, options.StuckAfter];
        Assert.Equal([60, 2, 4, 5], times.Select(time => time.TotalSeconds));
        Assert.Equal(
            ["stagegate.dispatchers.pinned", "stagegate.dispatchers.pinned", "stagegate.dispatchers.pinned"],
            [options.SchedulerDispatcher, options.CoordinatorDispatcher, options.WorkerDispatcher]);
        Assert.True(options.DrainOnStop);
    }

    [Fact]
    public void Amounts_and_times_are_read_alike_in_every_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            var builder = Builder();
            builder.WithStageGate(SectionOf(("StageGate:Resources:cpu", "1.5"), ("StageGate:StopTimeout", "00:00:01.5")));

            var options = HostedSchedulers.Of(builder).Get(null).Options;
            Assert.Equal(1.5m, options.Resources["cpu"]);
            Assert.Equal(TimeSpan.FromSeconds(1.5), options.StopTimeout);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void A_file_with_two_labels_that_differ_in_case_alone_is_refused_by_the_configuration_itself()
    {
        const string Json = """{ "StageGate": { "Resources": { "cpu": 1, "CPU": 2 } } }""";
        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(Json)));

        var refusal = Assert.Throws<FormatException>(configuration.Build);

        Assert.Contains("StageGate:Resources:CPU", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_configuration_of_its_own_may_stand_for_the_section()
    {
        var root = new ConfigurationBuilder().AddInMemoryCollection([new("TaskParallelism", "0")]).Build();

        var refusal = Assert.Throws<OptionsValidationException>(() => Builder().WithStageGate(root));

        Assert.Equal("TaskParallelism is 0; it must be 1 or more.", refusal.Message);
    }

    private static AkkaConfigurationBuilder Builder() => new(new ServiceCollection(), "test");

    private static IConfigurationSection SectionOf(params (string Key, string? Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => setting.Value))
            .Build()
            .GetSection("StageGate");
}
