using System.Numerics;
using CsCheck;
using StageGate.Actors.Core;
using StageGate.Actors.Tests.Core.Model;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Core;

public class ExactAmountTests
{
    [Fact]
    [Guarantee("L2")]
    public void Sums_are_exact()
    {
        Gen.Select(AmountGen.Any, AmountGen.Any)
            .Where((left, right) => Exact.Scaled(left) + Exact.Scaled(right) <= Exact.MaxDecimal)
            .Sample(
                (left, right) => Assert.Equal(
                    Amount(Exact.Scaled(left) + Exact.Scaled(right)),
                    ExactAmount.From(left) + ExactAmount.From(right)),
                iter: 10_000);
    }

    [Fact]
    [Guarantee("L2")]
    public void Differences_are_exact()
    {
        Gen.Select(AmountGen.Any, AmountGen.Any).Sample(
            (left, right) =>
            {
                var (more, less) = (Math.Max(left, right), Math.Min(left, right));
                Assert.Equal(
                    Amount(Exact.Scaled(more) - Exact.Scaled(less)),
                    ExactAmount.From(more) - ExactAmount.From(less));
            },
            iter: 10_000);
    }

    [Fact]
    public void A_difference_is_negative_exactly_where_the_second_amount_is_greater()
    {
        Gen.Select(AmountGen.Any, AmountGen.Any).Sample(
            (left, right) => Assert.Equal(left < right, (ExactAmount.From(left) - ExactAmount.From(right)).IsNegative),
            iter: 10_000);
    }

    [Fact]
    public void Amounts_are_ordered_as_numbers_also_by_their_last_digit()
    {
        var near = Gen.Select(AmountGen.Any, Gen.OneOf(-1, 0, 1), (amount, step) => (amount, Exact.Scaled(amount) + step))
            .Where(pair => pair.Item2 >= 0 && pair.Item2 <= Exact.MaxDecimal)
            .Select(pair => (Exact.Scaled(pair.amount), pair.Item2));
        var any = Gen.Select(AmountGen.Any, AmountGen.Any, (left, right) => (Exact.Scaled(left), Exact.Scaled(right)));

        Gen.OneOf(near, any).Sample(
            (left, right) =>
            {
                Assert.Equal(left < right, Amount(left) < Amount(right));
                Assert.Equal(left > right, Amount(left) > Amount(right));
                Assert.Equal(left == right, Amount(left) == Amount(right));
                Assert.Equal(left.CompareTo(right), Math.Sign(Amount(left).CompareTo(Amount(right))));
            },
            iter: 10_000);
    }

    [Fact]
    public void Only_as_a_decimal_it_is_rounded_and_only_where_it_must_be()
    {
        Gen.Select(AmountGen.Any, AmountGen.Any)
            .Where((left, right) => Exact.Scaled(left) + Exact.Scaled(right) <= Exact.MaxDecimal)
            .Sample(
                (left, right) => Assert.True(Exact.IsRounded(
                    (ExactAmount.From(left) + ExactAmount.From(right)).ToDecimal(),
                    Exact.Scaled(left) + Exact.Scaled(right))),
                iter: 10_000);
        AmountGen.Any.Sample(amount => Assert.Equal(amount, ExactAmount.From(amount).ToDecimal()), iter: 1_000);
    }

    [Fact]
    public void Beside_the_greatest_decimal_28_fractional_digits_are_kept()
    {
        const decimal AlmostOne = 0.9999999999999999999999999999m;
        const decimal Tiny = 0.0000000000000000000000000001m;
        var almostAll = ExactAmount.From(decimal.MaxValue - 1) + ExactAmount.From(AlmostOne);

        Assert.True(almostAll < ExactAmount.From(decimal.MaxValue));
        Assert.Equal(ExactAmount.From(decimal.MaxValue), almostAll + ExactAmount.From(Tiny));
        Assert.Equal(ExactAmount.From(Tiny), ExactAmount.From(decimal.MaxValue) - almostAll);
    }

    [Fact]
    public void Trailing_zeros_make_no_difference()
    {
        Assert.Equal(ExactAmount.From(1.50m), ExactAmount.From(1.5m));
        Assert.Equal(ExactAmount.From(1.50m).GetHashCode(), ExactAmount.From(1.5m).GetHashCode());
        Assert.Equal(ExactAmount.From(0.00m), default);
    }

    /// <summary>From a whole part and a fraction that are both decimals, so nothing has to be carried.</summary>
    private static ExactAmount Amount(BigInteger scaled) =>
        ExactAmount.From((decimal)(scaled / Exact.One)) + ExactAmount.From(Fraction(scaled % Exact.One));

    private static decimal Fraction(BigInteger scaled)
    {
        var bytes = new byte[12];
        Assert.True(scaled.TryWriteBytes(bytes, out _, isUnsigned: true));
        return new decimal(BitConverter.ToInt32(bytes, 0), BitConverter.ToInt32(bytes, 4), BitConverter.ToInt32(bytes, 8), false, 28);
    }
}
