namespace StageGate.Actors.Tests.Support;

/// <summary>Says which sentences of GUARANTEES.md a test shows to be true, or all tests of a class together.</summary>
/// <param name="ids">Such as "S1", or "N5" of what is not guaranteed.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class GuaranteeAttribute(params string[] ids) : Attribute
{
    public IReadOnlyList<string> Ids { get; } = ids;
}
