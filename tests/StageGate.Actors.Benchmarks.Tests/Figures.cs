using StageGate.Actors.Benchmarks.Report;

namespace StageGate.Actors.Benchmarks.Tests;

internal static class Figures
{
    public const string Us = "StageGate.Actors";

    public static readonly Metric Rate = new("throughput", "tasks/s", Better.Higher);

    public static readonly Metric Time = new("cost", "us/task", Better.Lower);

    public static Figure Of(Metric metric, params double[] values) => Of(Us, metric, values);

    public static Figure Of(string entrant, Metric metric, params double[] values) =>
        new("work", "case", entrant, "-", "reference", metric, values);

    public static Run Run(params Figure[] figures) =>
        new(Report.Run.CurrentFormat, DateTimeOffset.UnixEpoch, Machine.This(), Quick: true, figures);
}
