namespace StageGate.Actors.Benchmarks.Harness;

/// <summary>One size of a workload, and who competes in it.</summary>
/// <param name="Name">The size, in words.</param>
/// <param name="Reference">The name of the entrant that the others are compared with.</param>
/// <param name="Entrants">All of them, ours among them.</param>
internal sealed record Case(string Name, string? Reference, IReadOnlyList<Entrant> Entrants);
