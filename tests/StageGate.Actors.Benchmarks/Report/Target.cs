namespace StageGate.Actors.Benchmarks.Report;

/// <summary>What a figure must reach, and what it aims at.</summary>
/// <param name="Name">The figure, in words.</param>
/// <param name="Unit">Of the figure and of both bounds.</param>
/// <param name="Better">Which way it improves.</param>
/// <param name="Must">The bound that has to be reached.</param>
/// <param name="Aim">The bound that one hopes for.</param>
/// <param name="Measured">Finds it in a run; <see langword="null"/> where the run did not measure it.</param>
internal sealed record Target(string Name, string Unit, Better Better, double Must, double Aim, Func<Run, Spread?> Measured)
{
    public Verdict Judge(Spread measured) => Reaches(measured.Median, Aim) ? Verdict.Aim
        : Reaches(measured.Median, Must) ? Verdict.Must
        : Verdict.Missed;

    private bool Reaches(double value, double bound) => Better == Better.Higher ? value >= bound : value <= bound;
}
