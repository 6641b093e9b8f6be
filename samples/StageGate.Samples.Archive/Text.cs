using System.Globalization;

namespace StageGate.Samples.Archive;

/// <summary>How figures and names are shown.</summary>
internal static class Text
{
    private static readonly string[] s_units = ["bytes", "KiB", "MiB", "GiB", "TiB"];

    public static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static string Bytes(long bytes)
    {
        var amount = (double)bytes;
        var unit = 0;
        for (; amount >= 1024 && unit < s_units.Length - 1; unit++)
            amount /= 1024;
        return amount.ToString(unit == 0 ? "0" : "0.0", Invariant) + " " + s_units[unit];
    }

    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", Invariant) + " s";

    public static string Count(long count) => count.ToString("#,0", Invariant);

    public static string Files(long count) => count == 1 ? "1 file" : $"{Count(count)} files";

    /// <summary>A name of a file may hold anything; shown, it stays on its line and steers no terminal.</summary>
    public static string Plain(string name) => string.Concat(name.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()));
}
