namespace StageGate.Actors.Benchmarks.Workloads;

/// <summary>Over how many handles, of what kind of task, the two loops go.</summary>
internal sealed record DrainSize(string Name, int Count, int Repeats, Func<int> Work)
{
    private const int EnoughToTime = 20_000;
    private const double Microseconds = 100;

    public static string NoOps(int count) => $"{count} no-op";

    public static IEnumerable<DrainSize> All(Scale scale)
    {
        foreach (var count in new[] { 1_000, 10_000, 100_000 })
            yield return new DrainSize(NoOps(count), count, Math.Max(1, EnoughToTime / count), NoOp.Work);

        // A second and more each; without the largest one where there is little time.
        var spin = Spin.For(Microseconds);
        foreach (var count in scale.Quick ? [1_000] : new[] { 1_000, 10_000, 100_000 })
            yield return new DrainSize($"{count} of {Microseconds} us", count, 1, spin);
    }
}
