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

    /// <param name="option">The option.</param>
    /// <param name="isGood">Whether a value of it makes sense.</param>
    /// <param name="wanted">What it must be, as in "--times must be ...".</param>
    public static Option<TValue> MustBe<TValue>(this Option<TValue> option, Func<TValue, bool> isGood, string wanted)
    {
        option.Validators.Add(result =>
        {
            try
            {
                if (!isGood(result.GetValueOrDefault<TValue>()!))
                    result.AddError($"{option.Name} must be {wanted}.");
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
