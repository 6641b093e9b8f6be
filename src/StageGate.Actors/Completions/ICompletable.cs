namespace StageGate.Actors.Completions;

/// <summary>Something whose end can be seen and waited for.</summary>
internal interface ICompletable
{
    ref Completion Progress { get; }
}
