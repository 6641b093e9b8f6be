namespace StageGate.Samples.Archive.Output;

/// <summary>Shows a run while it lasts.</summary>
internal interface IProgressView
{
    /// <summary>Does the work on this thread, and shows what it tells.</summary>
    /// <param name="beginning">How it is before anything is done.</param>
    /// <param name="work">The work; as often as it likes, it tells how far it is.</param>
    void Watch(RunProgress beginning, Action<Action<RunProgress>> work);
}
