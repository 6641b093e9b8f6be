namespace StageGate.Actors.Tests.Support;

/// <summary>Says which sentences of GUARANTEES.md a test proves, or all tests of a class prove together.</summary>
/// <param name="ids">Such as "O1"; sentences of what is not guaranteed may be cited as well.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class GuaranteeAttribute(params string[] ids) : Attribute
{
    public IReadOnlyList<string> Ids { get; } = ids;
}
