namespace StageGate.Actors.Tests.Support;

internal static class Limits
{
    /// <summary>When a wait counts as hanging. Far beyond what a loaded machine needs; no test passes by waiting it out.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(60);
}
