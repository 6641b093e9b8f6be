namespace StageGate.Actors.Benchmarks.Report;

/// <summary>All that one run has measured. It is the JSON file.</summary>
internal sealed record Run(int Format, DateTimeOffset Date, Machine Machine, bool Quick, IReadOnlyList<Figure> Figures)
{
    public const int CurrentFormat = 1;

    public Figure? Find(string workload, string @case, string entrant, Metric metric) => Figures.FirstOrDefault(figure =>
        figure.Workload == workload && figure.Case == @case && figure.Entrant == entrant && figure.Metric.Name == metric.Name);

    /// <summary>What to compare the figure with.</summary>
    public Figure? ReferenceOf(Figure figure) => figure.Reference is null || figure.Reference == figure.Entrant
        ? null
        : Find(figure.Workload, figure.Case, figure.Reference, figure.Metric);
}
