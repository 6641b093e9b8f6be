using System.CommandLine;

namespace StageGate.Actors.Repeat;

/// <summary>Whether a test that fails now and then is seen to.</summary>
internal static class CheckCommand
{
    private const int Times = 3 * UnsteadyTests.Period;

    public static Command New()
    {
        var command = new Command(
            "check", $"Repeats a test that fails once in {UnsteadyTests.Period} runs. Ends with 0 where just that is seen.");
        command.SetAction(_ =>
        {
            var output = new StringWriter();
            var repetition = new Repetition([new TestAssembly(typeof(CheckCommand).Assembly)], new Choice([], [], []), output);
            repetition.Run(Times, TimeSpan.MaxValue, TimeSpan.MaxValue);
            var passed = repetition.Report();
            Console.Write(output);
            return !passed && output.ToString().TrimEnd().EndsWith($"\n{2 * Times} runs, 3 failed", StringComparison.Ordinal) ? 0 : 1;
        });
        return command;
    }
}
