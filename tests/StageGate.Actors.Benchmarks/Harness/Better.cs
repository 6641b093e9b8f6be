namespace StageGate.Actors.Benchmarks.Harness;

/// <summary>Which way a figure improves.</summary>
internal enum Better
{
    Higher,
    Lower,
}
