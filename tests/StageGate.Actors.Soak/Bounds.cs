using System.CommandLine;

namespace StageGate.Actors.Soak;

/// <summary>What the value of an option must be besides its type.</summary>
internal static class Bounds
{
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
}
