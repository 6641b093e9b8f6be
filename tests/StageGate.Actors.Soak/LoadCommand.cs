using System.CommandLine;
using System.Diagnostics;
using StageGate.Actors.Tests.Load;
using StageGate.Actors.Tests.Load.Matrix;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Soak;

/// <summary>The long forms that have an end: so many tasks, so many schedulers, every pair and every three calls of the facade.</summary>
internal static class LoadCommand
{
    private const int LeastTasks = 10_000;

    private static readonly Dictionary<string, Action<int, int>> s_steps = new()
    {
        ["tasks"] = (tasks, _) =>
        {
            Tasks(tasks, Dispatchers.Inline);
            Tasks(tasks / 10, Dispatchers.Pinned);
        },
        ["lifecycles"] = (_, _) =>
        {
            Timed("200 schedulers in one system, inline", () => Lifecycles.InOneSystem(200, Dispatchers.Inline));
            Timed("200 schedulers in one system, pinned", () => Lifecycles.InOneSystem(200, Dispatchers.Pinned));
            Timed("50 schedulers with systems of their own, inline", () => Lifecycles.WithOwnSystems(50, Dispatchers.Inline));
            Timed("50 schedulers with systems of their own, pinned", () => Lifecycles.WithOwnSystems(50, Dispatchers.Pinned));
        },
        ["pairs"] = (_, seed) =>
            Races("pairs of calls, each alone on 64 threads, with each ending on each dispatcher", FacadeMatrix.EachPair(seed), seed),
        ["triples"] = (_, seed) =>
            Races("blocks of eight, with every three calls in one of them", FacadeMatrix.TriplesInBlocks(size: 8, seed), seed),
    };

    public static Command New()
    {
        var tasks = new Option<int>("--tasks")
        {
            Description = $"How many tasks, and a tenth of them on the pinned dispatcher, each rounded down to a multiple of {ManyTasks.Parts}.",
            DefaultValueFactory = _ => 1_000_000,
        };
        var only = new Option<string[]>("--only") { Description = "Do this alone; may be given several times.", HelpName = "step" };
        var seed = new Option<int?>("--seed")
        {
            Description = "For the races of 'pairs' and 'triples'; 'tasks' and 'lifecycles' have none. A new one where it is left out.",
        };
        tasks.MustBe(count => count >= LeastTasks, $"{LeastTasks:N0} or more, so that there is a line to overtake in");
        only.AcceptOnlyFromAmong([.. s_steps.Keys]);

        var command = new Command("load", "A million tasks, hundreds of schedulers, and all calls of the facade against each other.") { tasks, only, seed };
        command.SetAction(parsed =>
        {
            if (!ManyTasks.InvariantsAreChecked)
            {
                Console.Error.WriteLine("This is a Release build, which does not check its invariants: run it without '-c Release'.");
                return 2;
            }

            var names = parsed.GetValue(only) ?? [];
            foreach (var (name, step) in s_steps.Where(step => names.Length == 0 || names.Contains(step.Key)))
                step(parsed.GetValue(tasks), parsed.GetValue(seed) ?? Random.Shared.Next());
            return 0;
        });
        return command;
    }

    private static void Tasks(int tasks, string dispatcher)
    {
        var share = Math.Max(1, tasks / ManyTasks.Parts);
        var load = new ManyTasks(share, workers: 64, dispatcher);
        Timed($"{share * ManyTasks.Parts:N0} tasks on 64 workers, {dispatcher}", load.Run);
        Console.WriteLine($"          {load.Choices:N0} admissions held against the order of the line");
    }

    private static void Races(string what, IEnumerable<MatrixRound> races, int seed)
    {
        Console.WriteLine($"          --seed {seed}");
        var count = 0;
        Timed($"{what}, of {FacadeMatrix.Cases.Count} calls", () =>
        {
            using var crew = new Crew(FacadeMatrix.Threads);
            foreach (var some in races.Chunk(100))
            {
                using var system = FacadeMatrix.NewSystem();
                foreach (var race in some)
                    race.Run(system, crew);
                system.Terminate().EndsSomehow();
                count += some.Length;
            }
        });
        Console.WriteLine($"          {count:N0} races");
    }

    private static void Timed(string what, Action step)
    {
        var clock = Stopwatch.StartNew();
        step();
        Console.WriteLine($"{clock.Elapsed:hh\\:mm\\:ss}  {what}");
    }
}
