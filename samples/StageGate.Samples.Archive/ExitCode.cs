namespace StageGate.Samples.Archive;

/// <summary>What the program tells the shell.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int SomeFilesFailed = 1;
    public const int CannotBegin = 2;
    public const int Interrupted = 130;
}
