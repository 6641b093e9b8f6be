using System.CommandLine;

namespace StageGate.Actors.Soak;

/// <summary>What the value of an option must be besides its type.</summary>
internal static class Bounds
{
    /// <summary>A hundred years.</summary>
    private const int MostMinutes = 100 * 366 * 24 * 60;

    /// <summary>More than none, and few enough to be counted.</summary>
    public static Option<double> MustBeMinutes(this Option<double> option) => option.MustBe(AreMinutes, WantedMinutes);

    /// <inheritdoc cref="MustBeMinutes(Option{double})"/>
    public static Option<double?> MustBeMinutes(this Option<double?> option) =>
        option.MustBe(value => value is null || AreMinutes(value.Value), WantedMinutes);

    /// <summary>One of the names, in any case. Of its type are all numbers as well, and several names at a time.</summary>
    public static Option<TEnum> MustBeNamed<TEnum>(this Option<TEnum> option)
        where TEnum : struct, Enum
    {
        var names = Enum.GetNames<TEnum>();
        return option.MustBe(
            (_, given) => given.All(word => names.Contains(word, StringComparer.OrdinalIgnoreCase)),
            $"{string.Join(", ", names[..^1])} or {names[^1]}");
    }

    /// <param name="option">The option.</param>
    /// <param name="isGood">Whether a value of it makes sense.</param>
    /// <param name="wanted">What it must be, as in "--times is 0; it must be ...".</param>
    public static Option<TValue> MustBe<TValue>(this Option<TValue> option, Func<TValue, bool> isGood, string wanted) =>
        option.MustBe((value, _) => isGood(value), wanted);

    private static Option<TValue> MustBe<TValue>(this Option<TValue> option, Func<TValue, IEnumerable<string>, bool> isGood, string wanted)
    {
        option.Validators.Add(result =>
        {
            string[] given = [.. result.Tokens.Select(token => token.Value)];
            try
            {
                if (!isGood(result.GetValueOrDefault<TValue>()!, given))
                    result.AddError($"{option.Name} is {string.Join(' ', given)}; it must be {wanted}.");
            }
            catch (InvalidOperationException)
            {
                // It is not even of its type, and that is said elsewhere.
            }
        });
        return option;
    }

    private static string WantedMinutes => $"more than 0, and {MostMinutes:N0} at most";

    private static bool AreMinutes(double value) => value > 0 && value <= MostMinutes;
}
