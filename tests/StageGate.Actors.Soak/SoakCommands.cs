using System.CommandLine;

namespace StageGate.Actors.Soak;

/// <summary>From the words of the command line to a <see cref="Soak"/>, or to one of its rounds.</summary>
internal static class SoakCommands
{
    /// <param name="parts">The parts that can be chosen from.</param>
    public static RootCommand Root(IReadOnlyList<SoakPart> parts) => new("Long forms of the tests of StageGate.Actors.")
    {
        SoakCommand(parts), ReplayCommand(parts), LoadCommand.New(), RaceCommand.New(),
    };

    private static Command SoakCommand(IReadOnlyList<SoakPart> parts)
    {
        var minutes = new Option<double>("--minutes") { Description = "For how long.", Required = true };
        var seed = new Option<int?>("--seed") { Description = "Where the seeds of all rounds come from. A new one where it is left out." };
        var only = new Option<string[]>("--part") { Description = "Run this part alone; may be given several times.", HelpName = "part" };
        minutes.MustBeMinutes();
        only.AcceptOnlyFromAmong([.. parts.Select(part => part.Name)]);

        var command = new Command("soak", "Runs rounds with fresh seeds until the time is up. Ends with 1 where a round fails.")
        {
            minutes, seed, only,
        };
        command.SetAction(parsed =>
        {
            var names = parsed.GetValue(only) ?? [];
            SoakPart[] chosen = [.. parts.Where(part => names.Length == 0 || names.Contains(part.Name))];
            var soak = new Soak(chosen, parsed.GetValue(seed) ?? Random.Shared.Next(), Console.Out);
            return soak.Run(TimeSpan.FromMinutes(parsed.GetValue(minutes))) ? 0 : 1;
        });
        return command;
    }

    private static Command ReplayCommand(IReadOnlyList<SoakPart> parts)
    {
        var seed = new Option<ulong>("--seed") { Description = "The seed of the round.", Required = true };
        var name = new Option<string>("--part") { Description = "The part that it is a round of.", Required = true, HelpName = "part" };
        var times = new Option<int>("--times")
        {
            Description = "How often. Where real threads race, the same seed does not always come to the same.",
            DefaultValueFactory = _ => 1,
        };
        times.MustBe(count => count > 0, "more than 0");
        name.AcceptOnlyFromAmong([.. parts.Select(part => part.Name)]);

        var command = new Command("replay", "Runs one round again. It throws what the round threw.") { seed, name, times };
        command.SetAction(parsed =>
        {
            var part = parts.Single(part => part.Name == parsed.GetValue(name));
            for (var i = 0; i < parsed.GetValue(times); i++)
                Console.WriteLine(string.Join(", ", part.Run(parsed.GetValue(seed)).Select(done => $"{done.Count:N0} {done.What}")));
        });
        return command;
    }
}
