using System.CommandLine;
using System.Reflection;
using StageGate.Actors.Soak;

namespace StageGate.Actors.Repeat;

/// <summary>From the words of the command line to a <see cref="Repetition"/>.</summary>
internal static class RepeatCommand
{
    private static readonly string[] s_assemblies = ["StageGate.Actors.Tests", "StageGate.Actors.Hosting.Tests"];

    private const int MostBusy = 1_000;

    public static int Run(string[] args)
    {
        var times = New("--times", "How often each test is run.", "n", 500).MustBe(count => count > 0, "more than 0");
        var minutes = New<double?>("--minutes", "Begin no further round after so many minutes.", "n").MustBeMinutes();
        var upTo = New<int?>("--up-to", "Leave out, after the first round, the classes that took longer in it.", "ms")
            .MustBe(value => value is null or > 0, "more than 0");
        var classes = New<string[]>("--class", "Run this class; may be given several times.", "name");
        var namespaces = New<string[]>("--namespace", "Run this namespace, 'Faults' for one; may be given several times.", "name");
        var except = New<string[]>("--except", "Leave out this class; may be given several times.", "name");
        var busy = New("--busy", "How many processes keep a core busy meanwhile.", "n", Environment.ProcessorCount)
            .MustBe(count => count >= 0 && count <= MostBusy, $"from 0 to {MostBusy}");

        var command = new RootCommand("Runs tests again and again on a busy machine. Ends with 1 where one of them fails once.")
        {
            times, minutes, upTo, classes, namespaces, except, busy, CheckCommand.New(), BusyProcesses.Command(),
        };
        command.SetAction(parsed =>
        {
            var choice = new Choice(parsed.GetValue(classes) ?? [], parsed.GetValue(namespaces) ?? [], parsed.GetValue(except) ?? []);
            TestAssembly[] assemblies = [.. s_assemblies.Select(name => new TestAssembly(Assembly.Load(name)))];
            if (choice.Unknown(assemblies.SelectMany(assembly => assembly.Classes)) is [var unknown, ..])
            {
                Console.Error.WriteLine($"There is no test class and no namespace of tests that is called '{unknown}'.");
                return 2;
            }

            using var others = new BusyProcesses(parsed.GetValue(busy));
            var repetition = new Repetition(assemblies, choice, Console.Out);
            repetition.Run(
                parsed.GetValue(times),
                parsed.GetValue(minutes) is { } most ? TimeSpan.FromMinutes(most) : TimeSpan.MaxValue,
                parsed.GetValue(upTo) is { } limit ? TimeSpan.FromMilliseconds(limit) : TimeSpan.MaxValue);
            return repetition.Report() ? 0 : 1;
        });
        return command.Parse(args).Invoke();
    }

    private static Option<T> New<T>(string name, string description, string helpName, T otherwise = default!) =>
        new(name) { Description = description, HelpName = helpName, DefaultValueFactory = _ => otherwise };
}
