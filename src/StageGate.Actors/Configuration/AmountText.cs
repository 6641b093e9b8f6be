using System.Globalization;
using System.Numerics;

namespace StageGate.Actors.Configuration;

/// <summary>Amounts of resources as they are written in a configuration, whatever the culture.</summary>
internal static class AmountText
{
    /// <summary>Reads an amount that a <see cref="decimal"/> holds as it is written. One that it would have to round is refused.</summary>
    /// <param name="text">The text.</param>
    /// <param name="amount">The amount.</param>
    /// <param name="wanted">What the text would have to be.</param>
    public static bool TryParse(string? text, out decimal amount, out string wanted)
    {
        wanted = "a decimal number, as in 2.5";
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out amount))
            return false;

        wanted = "a number that has no more digits than a decimal can hold";
        return Parts(text) == Parts(amount.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The digits without zeros at either end, and the power of ten of the last of them.</summary>
    private static (string Digits, BigInteger Power) Parts(string number)
    {
        var mark = number.IndexOfAny(['e', 'E']);
        var mantissa = mark < 0 ? number : number[..mark];
        var power = mark < 0 ? 0 : BigInteger.Parse(number[(mark + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture);
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0)
            power -= mantissa[point..].Count(char.IsAsciiDigit);

        var digits = string.Concat(mantissa.Where(char.IsAsciiDigit)).TrimStart('0');
        var significant = digits.TrimEnd('0');
        return significant.Length == 0 ? ("", 0) : (significant, power + digits.Length - significant.Length);
    }
}
