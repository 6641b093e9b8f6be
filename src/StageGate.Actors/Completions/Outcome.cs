namespace StageGate.Actors.Completions;

/// <summary>How a pipeline ends, apart from the pipeline itself: its handles keep this, and nothing of what it has done.</summary>
internal class Outcome : ICompletable
{
    private Completion _progress;

    public ref Completion Progress => ref _progress;
}
