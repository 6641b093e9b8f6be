namespace StageGate.Actors.Benchmarks.Report;

/// <summary>What is to be reached, and what was. It reports; a run never fails by it.</summary>
internal static class VerdictTable
{
    public static void Write(TextWriter output, Run run)
    {
        var table = new Table("figure", "measured", "must", "aim", "reached");
        foreach (var target in Targets.All)
        {
            if (target.Measured(run) is not { } measured)
                continue;

            var value = Show.Spread(measured, Show.Number) + " " + target.Unit;
            table.Add(target.Name, value, Bound(target, target.Must), Bound(target, target.Aim), Word(target.Judge(measured)));
        }

        if (table.IsEmpty)
            return;

        output.WriteLine("## Targets");
        output.WriteLine();
        table.WriteTo(output);
    }

    private static string Bound(Target target, double bound) =>
        $"{(target.Better == Better.Higher ? ">=" : "<=")} {Show.Number(bound)} {target.Unit}";

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Aim => "the aim",
        Verdict.Must => "what it must",
        _ => "NO",
    };
}
