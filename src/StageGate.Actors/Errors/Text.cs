using System.Globalization;
using System.Text;

namespace StageGate.Actors;

/// <summary>Users' names and labels, made fit for a one-line message.</summary>
internal static class Text
{
    private const int LongestShown = 100;

    /// <summary>In quotes, as <see cref="Line"/> shows it.</summary>
    public static string Quote(string text) => $"'{Line(text)}'";

    /// <summary>
    /// On one line, and in the order in which it is written: what would break the line, would turn its direction, or is half a character is
    /// spelled out. Cut where it is very long.
    /// </summary>
    public static string Line(string text)
    {
        var length = Math.Min(text.Length, LongestShown);
        if (length < text.Length && char.IsHighSurrogate(text[length - 1]))
            length--;

        var shown = new StringBuilder(length);
        for (var i = 0; i < length; i++)
        {
            if (char.IsSurrogatePair(text, i))
                shown.Append(text[i]).Append(text[++i]);
            else if (MustBeSpelled(text[i]))
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
            else
                shown.Append(text[i]);
        }

        return shown.Append(length < text.Length ? "..." : "").ToString();
    }

    /// <summary>As in <c>task 7 'resize'</c>.</summary>
    public static string Describe(string kind, long id, string? name) => name is null ? $"{kind} {id}" : $"{kind} {id} {Quote(name)}";

    private static bool MustBeSpelled(char character) =>
        char.IsControl(character) || char.IsSurrogate(character) || character is '\u2028' or '\u2029' or '\u061c' or '\u200e' or '\u200f'
            or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
