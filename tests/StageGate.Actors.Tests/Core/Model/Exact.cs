using System.Numerics;

namespace StageGate.Actors.Tests.Core.Model;

/// <summary>Decimals as whole numbers of 1e-28, the smallest step that a decimal has. Slow, and beyond doubt.</summary>
internal static class Exact
{
    private const int Digits = 28;

    public static readonly BigInteger One = BigInteger.Pow(10, Digits);

    public static readonly BigInteger MaxDecimal = Scaled(decimal.MaxValue);

    private static readonly BigInteger s_mantissas = BigInteger.One << 96;

    public static BigInteger Scaled(decimal amount)
    {
        var bits = decimal.GetBits(amount);
        var mantissa = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        var scale = (bits[3] >> 16) & 0xFF;
        var scaled = mantissa * BigInteger.Pow(10, Digits - scale);
        return bits[3] < 0 ? -scaled : scaled;
    }

    /// <summary>Whether the shown decimal is the exact amount, rounded where it has more digits than a decimal can hold.</summary>
    public static bool IsRounded(decimal shown, BigInteger exact)
    {
        // Where rounding up would need a 97th bit, decimal arithmetic gives up one more digit.
        var step = BigInteger.One;
        while ((exact + (step / 2)) / step >= s_mantissas)
            step *= 10;
        return BigInteger.Abs(Scaled(shown) - exact) * 2 <= step;
    }
}
