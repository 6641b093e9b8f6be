using System.Globalization;

namespace StageGate.Actors.Benchmarks.Report;

/// <summary>How figures look.</summary>
internal static class Show
{
    /// <summary>Three digits, and k or M where there are more.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        >= 999_500 => Digits(value / 1e6) + "M",
        >= 9_995 => Digits(value / 1e3) + "k",
        _ => Digits(value),
    };

    public static string Times(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture) + " x";

    public static string Spread(Spread spread, Func<double, string> show) => spread.Min == spread.Max
        ? show(spread.Median)
        : $"{show(spread.Median)} ({show(spread.Min)} - {show(spread.Max)})";

    private static string Digits(double value) => value.ToString(
        Math.Abs(value) switch
        {
            >= 99.95 => "0",
            >= 9.995 => "0.0",
            >= 0.005 => "0.00",
            _ => "0;0;0",
        },
        CultureInfo.InvariantCulture);
}
