using CsCheck;

namespace StageGate.Actors.Tests.Core.Model;

internal static class AmountGen
{
    private static readonly decimal[] s_small = [0.1m, 0.2m, 0.05m, 0.15m, 0.3m, 1m, 1.5m, 0.0000000000000000000000000001m];

    /// <summary>Any non-negative decimal, with any number of digits before and after the point.</summary>
    public static readonly Gen<decimal> Any = Gen.Frequency(
        (4, Gen.Select(Gen.Int, Gen.Int, Gen.Int, Gen.Byte[0, 28], (low, mid, high, scale) => new decimal(low, mid, high, false, scale))),
        (1, Gen.OneOf(s_small)),
        (1, Gen.OneOf(0m, decimal.MaxValue, decimal.MaxValue - 1, 0.9999999999999999999999999999m, 7.9228162514264337593543950335m)));

    /// <summary>A part of the capacity, and never more; often all, and often nothing.</summary>
    public static decimal Share(decimal capacity, int choice)
    {
        var share = choice switch
        {
            < 6 => 0m,
            6 => capacity,
            7 => capacity / 2,
            8 => capacity / 3,
            9 => capacity / 10,
            10 => decimal.Floor(capacity),
            _ => s_small[choice % s_small.Length],
        };
        return Math.Min(share, capacity);
    }
}
