namespace StageGate.Actors.Tests.Core.Rules;

/// <summary>Something that every history must keep to.</summary>
/// <param name="Statement">The rule, in a sentence.</param>
/// <param name="IsBroken">Whether the next happening breaks it, after all that stands on the board.</param>
internal sealed record Rule(string Statement, Func<Board, Happening, bool> IsBroken)
{
    public static readonly Rule[] All = [.. SafetyRules.All, .. LivenessRules.All];

    public override string ToString() => Statement;
}
