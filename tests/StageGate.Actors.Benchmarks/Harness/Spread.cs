namespace StageGate.Actors.Benchmarks.Harness;

/// <summary>What the rounds say about one figure: the middle, and the two ends.</summary>
internal readonly record struct Spread(double Median, double Min, double Max)
{
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0)
            throw new ArgumentException("There is no value.", nameof(values));

        var upper = sorted[sorted.Length / 2];
        var lower = sorted[(sorted.Length - 1) / 2];
        return new Spread((lower + upper) / 2, sorted[0], sorted[^1]);
    }

    /// <summary>Whether no value of this one lies among the values of the other.</summary>
    public bool IsApartFrom(Spread other) => Min > other.Max || Max < other.Min;
}
