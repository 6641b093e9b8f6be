namespace StageGate.Actors.Tests.Support;

/// <summary>Tests that measure or disturb the whole process, and so run while no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WholeProcess
{
    public const string Name = "Whole process";
}
