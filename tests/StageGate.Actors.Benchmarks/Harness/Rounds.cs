namespace StageGate.Actors.Benchmarks.Harness;

/// <summary>
/// Measures a workload in rounds. In each round everybody does every case once, so a machine that is slower for a while is slower for all,
/// and what is compared lies seconds apart.
/// </summary>
internal sealed class Rounds(Scale scale)
{
    public IReadOnlyList<Figure> Measure(Workload workload)
    {
        var cases = workload.Cases(scale).ToArray();
        var cells = cases.SelectMany(@case => @case.Entrants.Select(entrant => new Cell(@case, entrant))).ToArray();
        try
        {
            for (var round = -scale.WarmUps; round < scale.Rounds; round++)
            {
                // To and fro, so that nobody always comes after the same one, whose garbage and warm threads it would inherit.
                foreach (var cell in int.IsEvenInteger(round) ? cells : cells.Reverse())
                    cell.Sample(counts: round >= 0);
            }
        }
        finally
        {
            foreach (var cell in cells)
                cell.Entrant.Dispose();
        }

        return [.. cells.SelectMany(cell => workload.Metrics.Select((metric, i) => new Figure(
            workload.Name,
            cell.Case.Name,
            cell.Entrant.Name,
            cell.Entrant.Lacks,
            cell.Case.Reference,
            metric,
            [.. cell.Samples.Select(sample => sample[i])])))];
    }

    private sealed record Cell(Case Case, Entrant Entrant)
    {
        public List<double[]> Samples { get; } = [];

        public void Sample(bool counts)
        {
            Memory.Settle();
            var sample = Entrant.Sample();
            if (counts)
                Samples.Add(sample);
        }
    }
}
