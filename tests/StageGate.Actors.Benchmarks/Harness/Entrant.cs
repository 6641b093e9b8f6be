namespace StageGate.Actors.Benchmarks.Harness;

/// <summary>Somebody who does the work of a case. Opened with the first sample, and closed after the last.</summary>
internal abstract class Entrant(string name, string lacks) : IDisposable
{
    public string Name { get; } = name;

    public string Lacks { get; } = lacks;

    /// <param name="name">What to call it.</param>
    /// <param name="lacks">Which of priority, resources and dedicated threads it does not have.</param>
    /// <param name="open">Makes what does the work.</param>
    /// <param name="sample">Does the work once, and returns a value for each metric of the workload.</param>
    public static Entrant Of<TRunner>(string name, string lacks, Func<TRunner> open, Func<TRunner, double[]> sample)
        where TRunner : IDisposable =>
        new With<TRunner>(name, lacks, open, sample);

    /// <summary>An entrant that keeps nothing from one sample to the next.</summary>
    /// <inheritdoc cref="Of{TRunner}"/>
    public static Entrant Of(string name, string lacks, Func<double[]> sample) =>
        new With<Nothing>(name, lacks, static () => default, _ => sample());

    public abstract double[] Sample();

    public abstract void Dispose();

    private readonly struct Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }

    private sealed class With<TRunner>(string name, string lacks, Func<TRunner> open, Func<TRunner, double[]> sample) : Entrant(name, lacks)
        where TRunner : IDisposable
    {
        private readonly Lazy<TRunner> _runner = new(open);

        public override double[] Sample() => sample(_runner.Value);

        public override void Dispose()
        {
            if (_runner.IsValueCreated)
                _runner.Value.Dispose();
        }
    }
}
