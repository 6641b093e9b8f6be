using Akka.Configuration;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Input;

/// <summary>Values of every kind under every key of the <c>stagegate</c> section: read, or refused by the full name of the key.</summary>
[Guarantee("R1")]
public class HoconTests
{
    private static readonly string[] s_numbers = ["pipeline-parallelism", "task-parallelism"];

    private static readonly string[] s_dispatchers = ["scheduler-dispatcher", "coordinator-dispatcher", "worker-dispatcher"];

    private static readonly string[] s_noNumbers =
    [
        "many", "1.5", "\"1,5\"", "1e3", "0x10", "2147483648", "-2147483649", "99999999999999999999999", "[1]", "[]", "{}", "{ a = 1 }",
        "\"\"", "\" \"", "true", "NaN", "Infinity", "1s", "\"1 2\"",
    ];

    private static readonly string[] s_noAmounts =
    [
        "lots", "\"1,5\"", "0x10", "79228162514264337593543950336", "-79228162514264337593543950336", "1e29", "1e999999999999", "NaN",
        "Infinity", "-Infinity", "1e-29", "-1e-999999999999", "0.12345678901234567890123456789", "79228162514264337593543950334.5", "[1]", "[]", "{}", "{ a = 1 }", "\"\"", "\" \"", "true", "\"1 2\"", "\"\u0661\"",

        // A section inside itself, of which there is no end.
        "${stagegate}", "${stagegate.resources}",
    ];

    public static TheoryData<string, string> Refused => Cases(
        [
            .. from key in s_numbers from value in s_noNumbers select (key, value),
            .. from key in s_numbers from value in (string[])["0", "-1", "-2147483648"] select (key, value),
            .. from key in s_dispatchers from value in (string[])["[a]", "[]", "{}", "{ a = 1 }", "\"\"", "\" \""] select (key, value),
            .. from value in s_noAmounts select ("resources.cpu", value),
            .. from value in (string[])["-1", "-1e-28", "-79228162514264337593543950335"] select ("resources.cpu", value),
            .. from value in (string[])["5", "cpu", "[]", "[{ cpu = 1 }]"] select ("resources", value),
        ]);

    public static TheoryData<string> Dispatchers => [.. s_dispatchers];

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_a_key_cannot_have_is_refused_by_its_full_name(string key, string value)
    {
        var refused = Assert.ThrowsAny<ArgumentException>(() => From($"stagegate {{ {key} = {value} }}"));

        Assert.StartsWith($"stagegate.{key} ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_greatest_numbers_are_legal_and_cost_nothing_before_they_are_needed()
    {
        using var scheduler = new Scheduler(From(
            """
            stagegate {
              pipeline-parallelism = 2147483647
              task-parallelism = 2147483647
              resources { most = 79228162514264337593543950335, least = 1e-28, nothing = -0.0 }
            }
            """));

        Assert.Equal(7, scheduler.Result(c => c.NewTask(() => 7).Requires("most", decimal.MaxValue).Run().GetResult(Limits.Wait)));
        Assert.Equal((int.MaxValue, int.MaxValue), (scheduler.Snapshot().PipelineParallelism, scheduler.Snapshot().TaskParallelism));
        Assert.Equal(
            [new("least", 0.0000000000000000000000000001m, 0), new("most", decimal.MaxValue, 0), new("nothing", 0, 0)],
            scheduler.Snapshot().Resources);
    }

    [Theory]
    [MemberData(nameof(Dispatchers))]
    public void A_dispatcher_that_the_system_does_not_have_is_refused_when_the_scheduler_is_made(string key)
    {
        var options = From($"stagegate.{key} = no.such");

        var refused = Assert.Throws<ArgumentException>(() => new Scheduler(options));

        var option = string.Concat(key.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        Assert.Equal($"options.{option}", refused.ParamName);
        Assert.Contains("'no.such'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Guarantee("R3")]
    public void Labels_that_differ_in_case_alone_are_two()
    {
        var options = From("stagegate.resources { cpu = 1, CPU = 2, \"Cpu\" = 3 }");

        Assert.Equal(
            [new("CPU", 2m), new("Cpu", 3m), new("cpu", 1m)],
            options.Resources.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Fact]
    public void A_thousand_labels_are_read()
    {
        var options = From($"stagegate.resources {{ {string.Join(", ", Enumerable.Range(0, 1000).Select(i => $"label-{i} = {i}"))} }}");

        Assert.Equal(
            Enumerable.Range(0, 1000).Select(i => KeyValuePair.Create($"label-{i}", (decimal)i)).ToHashSet(),
            options.Resources.ToHashSet());
    }

    private static SchedulerOptions From(string hocon) => SchedulerOptions.FromConfig(ConfigurationFactory.ParseString(hocon));

    private static TheoryData<string, string> Cases(IEnumerable<(string Key, string Value)> cases)
    {
        var data = new TheoryData<string, string>();
        foreach (var (key, value) in cases)
            data.Add(key, value);
        return data;
    }
}
