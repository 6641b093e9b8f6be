using StageGate.Actors.Work;

namespace StageGate.Actors.Tests.Support;

/// <summary>The subject of a fact where only the fact matters.</summary>
internal sealed class NoWork : IAbandonable
{
    public static readonly NoWork Instance = new();

    private NoWork()
    {
    }

    public void Abandon(Exception? cause)
    {
    }

    public void PublishDrained()
    {
    }
}
