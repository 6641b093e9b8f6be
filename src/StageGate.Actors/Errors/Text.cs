using System.Text;

namespace StageGate.Actors;

/// <summary>Users' names and labels, made fit for a one-line message.</summary>
internal static class Text
{
    private const int LongestShown = 100;

    /// <summary>In quotes, without line breaks or other control characters, and cut where it is very long.</summary>
    public static string Quote(string text)
    {
        var shown = new StringBuilder("'");
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, LongestShown)))
        {
            if (char.IsControl(character))
                shown.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else
                shown.Append(character);
        }

        return shown.Append(text.Length > LongestShown ? "...'" : "'").ToString();
    }

    /// <summary>As in <c>task 7 'resize'</c>.</summary>
    public static string Describe(string kind, long id, string? name) => name is null ? $"{kind} {id}" : $"{kind} {id} {Quote(name)}";
}
