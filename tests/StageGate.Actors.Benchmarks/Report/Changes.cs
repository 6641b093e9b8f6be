using StageGate.Actors.Benchmarks.Runners;

namespace StageGate.Actors.Benchmarks.Report;

/// <summary>A run and a saved one, compared.</summary>
internal static class Changes
{
    /// <summary>
    /// All figures of ours that both runs have. Where there is a reference, the ratio to it is compared: the machine may have been slower
    /// or faster on the other day, for the reference as well. Bytes do not depend on the day.
    /// </summary>
    public static IReadOnlyList<Change> Between(Run before, Run after) =>
    [
        .. from figure in after.Figures
           where figure.Entrant.StartsWith(StageGateRunner.Name, StringComparison.Ordinal)
           let old = before.Find(figure.Workload, figure.Case, figure.Entrant, figure.Metric)
           where old is not null
           select Between(before, old, after, figure),
    ];

    public static void Write(TextWriter output, Run before, Run after)
    {
        var all = Between(before, after);
        var beyond = all.Where(change => change.IsBeyondTheSpread).ToArray();
        output.WriteLine($"## Against the run of {before.Date:yyyy-MM-dd HH:mm}");
        output.WriteLine();
        output.WriteLine($"That was on {before.Machine}.");
        output.WriteLine($"{all.Count} figures compared; {beyond.Length} differ beyond the spread of both runs.");
        output.WriteLine();
        var table = new Table("change", "workload", "case", "who", "figure", "before", "after");
        foreach (var change in beyond.OrderBy(change => change.IsImprovement))
        {
            var figure = change.Figure;
            table.Add(
                change.IsImprovement ? "better" : "WORSE",
                figure.Workload,
                figure.Case,
                figure.Entrant,
                $"{figure.Metric.Name}, {change.Unit}",
                Show.Spread(change.Before, Show.Number),
                Show.Spread(change.After, Show.Number));
        }

        if (beyond.Length > 0)
            table.WriteTo(output);
    }

    private static Change Between(Run before, Figure old, Run after, Figure figure)
    {
        var isBytes = figure.Metric.Unit.StartsWith("B/", StringComparison.Ordinal);
        return !isBytes && before.ReferenceOf(old) is { } oldReference && after.ReferenceOf(figure) is { } reference
            ? new Change(figure, $"x {reference.Entrant}", old.Against(oldReference), figure.Against(reference), Better.Higher)
            : new Change(figure, figure.Metric.Unit, old.Spread, figure.Spread, figure.Metric.Better);
    }
}
