namespace StageGate.Actors.Core;

/// <summary>
/// A non-negative amount whose sums and differences are never rounded.
/// </summary>
/// <remarks>
/// <see cref="decimal"/> has 96 bits for its digits, so 79228162514264337593543950335 and 0.1 have no exact sum. Kept apart, the
/// whole part and the fraction are each exact: whole parts add up to no more than a capacity, and two fractions add up to less than 2.
/// </remarks>
internal readonly record struct ExactAmount : IComparable<ExactAmount>
{
    private readonly decimal _whole;
    private readonly decimal _fraction;

    private ExactAmount(decimal whole, decimal fraction)
    {
        _whole = whole;
        _fraction = fraction;
    }

    public static ExactAmount From(decimal amount)
    {
        var whole = decimal.Truncate(amount);
        return new ExactAmount(whole, amount - whole);
    }

    public bool IsNegative => _whole < 0 || _fraction < 0;

    /// <summary>Rounded to what a <see cref="decimal"/> can hold; only here may digits be lost.</summary>
    public decimal ToDecimal() => _whole + _fraction;

    public static ExactAmount operator +(ExactAmount left, ExactAmount right)
    {
        if (right._fraction == 0)
            return new ExactAmount(left._whole + right._whole, left._fraction);

        var fraction = left._fraction + right._fraction;
        return fraction >= 1
            ? new ExactAmount(left._whole + right._whole + 1, fraction - 1)
            : new ExactAmount(left._whole + right._whole, fraction);
    }

    public static ExactAmount operator -(ExactAmount left, ExactAmount right)
    {
        if (right._fraction == 0)
            return new ExactAmount(left._whole - right._whole, left._fraction);

        var fraction = left._fraction - right._fraction;
        return fraction < 0
            ? new ExactAmount(left._whole - right._whole - 1, fraction + 1)
            : new ExactAmount(left._whole - right._whole, fraction);
    }

    public static bool operator <(ExactAmount left, ExactAmount right) => left.CompareTo(right) < 0;

    public static bool operator >(ExactAmount left, ExactAmount right) => left.CompareTo(right) > 0;

    public int CompareTo(ExactAmount other)
    {
        var whole = _whole.CompareTo(other._whole);
        return whole != 0 ? whole : _fraction.CompareTo(other._fraction);
    }
}
