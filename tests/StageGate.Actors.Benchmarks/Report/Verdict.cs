namespace StageGate.Actors.Benchmarks.Report;

/// <summary>What became of a <see cref="Target"/>. The median decides.</summary>
internal enum Verdict
{
    Missed,
    Must,
    Aim,
}
