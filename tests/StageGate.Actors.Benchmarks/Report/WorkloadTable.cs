namespace StageGate.Actors.Benchmarks.Report;

/// <summary>What one workload has shown.</summary>
internal sealed class WorkloadTable(Workload workload, Run run)
{
    public void WriteTo(TextWriter output)
    {
        output.WriteLine($"## {workload.Name}");
        output.WriteLine();
        output.WriteLine(workload.InsideTheTimer);
        output.WriteLine();

        var first = workload.Metrics[0];
        var rows = run.Figures.Where(figure => figure.Workload == workload.Name && figure.Metric == first).ToArray();
        var heads = workload.Metrics.Select(metric => $"{metric.Name}, {metric.Unit}");
        var table = new Table(["case", "who", .. heads, $"{first.Name} against {rows[^1].Reference}", "lacks"]);
        foreach (var row in rows)
            table.Add([row.Case, row.Entrant, .. workload.Metrics.Select(metric => Value(row, metric)), Ratio(row), row.Lacks]);
        table.WriteTo(output);
    }

    private string Value(Figure row, Metric metric) => run.Find(row.Workload, row.Case, row.Entrant, metric) is { } figure
        ? Show.Spread(figure.Spread, Show.Number)
        : "";

    private string Ratio(Figure figure) => run.ReferenceOf(figure) is { } reference
        ? Show.Spread(figure.Against(reference), Show.Times)
        : "-";
}
