using StageGate.Actors.Benchmarks.Report;
using StageGate.Actors.Benchmarks.Workloads;

namespace StageGate.Actors.Benchmarks;

/// <summary>Measures, shows, and keeps.</summary>
internal sealed class Comparison(Scale scale, IReadOnlyList<Workload> workloads, TextWriter output)
{
    /// <param name="jsonPath">Where to keep all values, if anywhere.</param>
    /// <param name="baseline">A saved run to compare with, if any.</param>
    public void Run(string? jsonPath, Run? baseline)
    {
        // Before anything else: there is only one first time.
        var figures = new List<Figure>();
        if (workloads.Any(workload => workload.Name == StartUp.Id))
            figures.Add(StartUp.MeasureFirst());

        var run = new Run(Report.Run.CurrentFormat, DateTimeOffset.Now, Machine.This(), scale.Quick, figures);
        output.WriteLine($"{run.Date:yyyy-MM-dd HH:mm}, {run.Machine}.");
        output.WriteLine($"{scale.Rounds} rounds: median (min - max). A ratio above 1 x is better than the reference, whatever the unit.");
        if (IsDebugBuild)
            output.WriteLine("NOT A MEASUREMENT: this is a debug build.");
        output.WriteLine();

        var rounds = new Rounds(scale);
        foreach (var workload in workloads)
        {
            figures.AddRange(rounds.Measure(workload));
            new WorkloadTable(workload, run).WriteTo(output);
        }

        VerdictTable.Write(output, run);
        if (jsonPath is not null)
            RunFile.Write(jsonPath, run);
        if (baseline is not null)
            Changes.Write(output, baseline, run);
    }

    private static bool IsDebugBuild =>
#if DEBUG
        true;
#else
        false;
#endif
}
