namespace StageGate.Actors.Benchmarks.Harness;

/// <summary>One of the figures that a workload yields.</summary>
internal sealed record Metric(string Name, string Unit, Better Better);
