using System.CommandLine;
using StageGate.Actors.Tests.Load.Matrix;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Soak;

/// <summary>One round of the matrix of all calls, again and again.</summary>
internal static class RaceCommand
{
    public static Command New()
    {
        var last = FacadeMatrix.Cases.Count - 1;
        var calls = new Option<int[]>("--calls")
        {
            Description = $"Which of the calls race, by their numbers, from 0 to {last}, each once.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var ending = new Option<MatrixEnding>("--ending") { Description = "How the scheduler ends meanwhile.", Required = true };
        var dispatcher = new Option<string>("--dispatcher") { Description = "What the scheduler runs on.", Required = true };
        var times = new Option<int>("--times") { Description = "How often.", DefaultValueFactory = _ => 1 };
        calls.MustBe(
            given => given.All(call => call >= 0 && call <= last) && given.Distinct().Count() == given.Length,
            $"numbers from 0 to {last}, each once");
        ending.MustBeNamed();
        times.MustBe(count => count > 0, "more than 0");
        dispatcher.AcceptOnlyFromAmong(Dispatchers.Inline, Dispatchers.Pinned);

        var command = new Command("race", "Runs one round of 'load', or of a test, again. It throws what the round threw.")
        {
            calls, ending, dispatcher, times,
        };
        command.SetAction(parsed =>
        {
            var round = new MatrixRound(parsed.GetValue(calls)!, parsed.GetValue(ending), parsed.GetValue(dispatcher)!);
            using var crew = new Crew(FacadeMatrix.Threads);
            using var system = FacadeMatrix.NewSystem();
            for (var i = 0; i < parsed.GetValue(times); i++)
                round.Run(system, crew);
            system.Terminate().EndsSomehow();
            Console.WriteLine($"{parsed.GetValue(times):N0} races");
        });
        return command;
    }
}
