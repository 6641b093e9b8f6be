using System.Globalization;
using CsCheck;
using StageGate.Actors.Configuration;
using StageGate.Actors.Tests.Core.Model;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Input;

[Guarantee("L2")]
public class AmountTextTests
{
    [Theory]
    [InlineData("2.5", "2.5")]
    [InlineData(" -0.50 ", "-0.5")]
    [InlineData("1e3", "1000")]
    [InlineData("12.5E-1", "1.25")]
    [InlineData("+.5", "0.5")]
    [InlineData("0e99999999999999999999", "0")]
    [InlineData("0.0000000000000000000000000000000000000000", "0")]
    [InlineData("1.00000000000000000000000000000000000000000", "1")]
    [InlineData("1e-28", "0.0000000000000000000000000001")]
    [InlineData("79228162514264337593543950335.00", "79228162514264337593543950335")]
    public void What_a_decimal_holds_is_read_as_it_is_written(string text, string amount)
    {
        Assert.True(AmountText.TryParse(text, out var read, out _));
        Assert.Equal(decimal.Parse(amount, CultureInfo.InvariantCulture), read);
    }

    [Theory]
    [InlineData("1e-29")]
    [InlineData("1e-99999999999999999999")]
    [InlineData("0.12345678901234567890123456789")]
    [InlineData("7.9228162514264337593543950336")]
    [InlineData("79228162514264337593543950334.5")]
    public void What_it_would_round_is_refused_for_that(string text)
    {
        Assert.False(AmountText.TryParse(text, out _, out var wanted));
        Assert.Contains("no more digits", wanted, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_amount_is_read_back_from_its_text_and_from_its_digits_with_an_exponent()
    {
        Gen.Select(AmountGen.Any, Gen.Int[0, 40]).Sample((amount, zeros) =>
        {
            var text = amount.ToString(CultureInfo.InvariantCulture);
            Assert.True(AmountText.TryParse(text, out var read, out _));
            Assert.Equal(amount, read);

            var digits = text.Replace(".", "", StringComparison.Ordinal) + new string('0', zeros);
            Assert.True(AmountText.TryParse($"{digits}e{-amount.Scale - zeros}", out read, out _));
            Assert.Equal(amount, read);
        });
    }
}
