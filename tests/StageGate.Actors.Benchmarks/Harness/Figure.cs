using System.Text.Json.Serialization;

namespace StageGate.Actors.Benchmarks.Harness;

/// <summary>One metric of one entrant in one case, a value for each round. It is also what the JSON file holds.</summary>
/// <param name="Workload">What was done.</param>
/// <param name="Case">With which size.</param>
/// <param name="Entrant">By whom.</param>
/// <param name="Lacks">What the entrant does not have.</param>
/// <param name="Reference">The entrant to compare with, in the same case.</param>
/// <param name="Metric">What was measured.</param>
/// <param name="Values">The value of round i is at index i, so figures of one workload can be compared round by round.</param>
internal sealed record Figure(
    string Workload, string Case, string Entrant, string Lacks, string? Reference, Metric Metric, IReadOnlyList<double> Values)
{
    public double Median => Spread.Median;

    public double Min => Spread.Min;

    public double Max => Spread.Max;

    [JsonIgnore]
    public Spread Spread => Spread.Of(Values);

    /// <summary>How many times as good this is, round by round; above 1 it is better, whichever way the metric improves.</summary>
    public Spread Against(Figure other) => Spread.Of(Metric.Better == Better.Higher
        ? Values.Zip(other.Values, (own, reference) => own / reference)
        : Values.Zip(other.Values, (own, reference) => reference / own));
}
