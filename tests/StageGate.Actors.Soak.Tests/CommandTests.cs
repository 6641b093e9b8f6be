using System.Reflection;
using StageGate.Actors.Soak.Parts;
using StageGate.Actors.Tests.Load.Matrix;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Soak.Tests;

public class CommandTests
{
    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void The_exit_code_tells_whether_all_was_as_it_must_be(bool isGood, int exitCode)
    {
        var part = new ScriptedPart("any", _ => Assert.True(isGood, "as it should"));

        Assert.Equal(exitCode, SoakCommands.Root([part]).Parse("soak --minutes 0.000001 --part any").Invoke());
    }

    [Fact]
    public void The_command_that_a_failed_round_tells_runs_that_round()
    {
        var part = new ScriptedPart("any", _ => { });

        Assert.Equal(0, SoakCommands.Root([part]).Parse(CommandIn($"{new FailedRound("any", 4711, new FormatException())}")).Invoke());

        Assert.Equal([4711ul], part.Seeds);
    }

    [Fact]
    public void It_runs_it_in_the_configuration_in_which_it_failed()
    {
        var running = typeof(CommandTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

        Assert.Contains($"dotnet run -c {running} ", $"{new FailedRound("any", 4711, new FormatException())}", StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_that_a_failed_race_tells_is_understood()
    {
        var round = new MatrixRound([3, 17], MatrixEnding.CloseAndCancel, Dispatchers.Pinned);

        Assert.Empty(SoakCommands.Root(AllParts.New()).Parse(CommandIn($"{round}")).Errors);
    }

    [Theory]
    [InlineData("race --calls 1 1000 --ending Close --dispatcher stagegate.dispatchers.inline")]
    [InlineData("race --calls 1 1 --ending Close --dispatcher stagegate.dispatchers.inline")]
    [InlineData("race --calls 1 2 --ending Close,Death --dispatcher stagegate.dispatchers.inline")]
    [InlineData("race --calls 1 2 --ending 1 --dispatcher stagegate.dispatchers.inline")]
    [InlineData("race --calls 1 2 --ending Never --dispatcher stagegate.dispatchers.inline")]
    [InlineData("race --calls 1 2 --ending Close --dispatcher other")]
    [InlineData("race --calls Nope Nah --ending Close --dispatcher stagegate.dispatchers.inline")]
    [InlineData("race --calls 1 2 --ending Close --dispatcher stagegate.dispatchers.inline --times 0")]
    [InlineData("soak --minutes 0")]
    [InlineData("soak --minutes NaN")]
    [InlineData("soak --minutes soon")]
    [InlineData("soak --minutes 1e300")]
    [InlineData("load --only tasks --tasks -5")]
    [InlineData("load --only tasks --tasks many")]
    [InlineData("soak --minutes 1 --part other")]
    [InlineData("replay --part other --seed 1")]
    [InlineData("replay --part core --seed 1 --times 0")]
    public void What_makes_no_sense_is_refused(string command) => Assert.NotEmpty(SoakCommands.Root(AllParts.New()).Parse(command).Errors);

    [Theory]
    [InlineData("race --ending 7 --calls 1 2", "--ending is 7; it must be Close, CloseAndCancel or Death.")]
    [InlineData("race --ending close --calls 1 2 1", "--calls is 1 2 1; it must be numbers from 0 to ")]
    [InlineData("race --ending close --calls 1 2 --times -3", "--times is -3; it must be more than 0.")]
    public void The_one_complaint_names_the_option_its_value_and_what_it_must_be(string command, string complaint)
    {
        var parsed = SoakCommands.Root(AllParts.New()).Parse($"{command} --dispatcher {Dispatchers.Inline}");

        Assert.StartsWith(complaint, Assert.Single(parsed.Errors).Message, StringComparison.Ordinal);
        Assert.Equal(1, parsed.Invoke());
    }

    private static string CommandIn(string message) =>
        message.Split('\n').Single(line => line.Contains("again: ", StringComparison.Ordinal)).Split(" -- ")[^1].Trim();
}
