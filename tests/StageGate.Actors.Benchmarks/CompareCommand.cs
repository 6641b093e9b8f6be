using System.CommandLine;
using StageGate.Actors.Benchmarks.Report;
using StageGate.Actors.Benchmarks.Workloads;

namespace StageGate.Actors.Benchmarks;

/// <summary>From the words of the command line to a <see cref="Comparison"/>.</summary>
internal static class CompareCommand
{
    private static readonly Option<bool> s_quick = new("--quick")
    {
        Description = "Fewer rounds, and without the largest sizes: under two minutes on two quiet cores.",
    };

    private static readonly Option<string[]> s_only = new("--only")
    {
        Description = "Measure this workload alone; may be given several times.",
        HelpName = "workload",
    };

    private static readonly Option<FileInfo> s_json = new("--json")
    {
        Description = "Write all values to this file.",
        HelpName = "file",
    };

    private static readonly Option<FileInfo> s_against = new("--against")
    {
        Description = "Compare with a file that --json wrote, and say what got better or worse.",
        HelpName = "file",
    };

    static CompareCommand()
    {
        s_only.AcceptOnlyFromAmong([.. AllWorkloads.InOrder.Select(workload => workload.Name)]);
        s_against.AcceptExistingOnly();
    }

    public static int Run(string[] args)
    {
        var compare = new Command("compare", "Measures StageGate.Actors beside what one would write instead.")
        {
            s_quick, s_only, s_json, s_against,
        };
        compare.SetAction(parsed =>
        {
            var only = parsed.GetValue(s_only) ?? [];
            Report.Run? baseline = null;
            try
            {
                // First of all: hours of measuring are not to be lost by a wrong file.
                if (parsed.GetValue(s_against) is { } file)
                    baseline = RunFile.Read(file.FullName);
            }
            catch (InvalidDataException exception)
            {
                Console.Error.WriteLine(exception.Message);
                return 1;
            }

            var workloads = AllWorkloads.InOrder.Where(workload => only.Length == 0 || only.Contains(workload.Name));
            new Comparison(parsed.GetValue(s_quick) ? Scale.Short : Scale.Full, [.. workloads], Console.Out)
                .Run(parsed.GetValue(s_json)?.FullName, baseline);
            return 0;
        });
        return new RootCommand("Benchmarks of StageGate.Actors.") { compare }.Parse(args).Invoke();
    }
}
