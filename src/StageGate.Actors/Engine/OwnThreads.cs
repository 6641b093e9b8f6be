using Akka.Dispatch;
using StageGate.Actors.Engine.Dispatch;

namespace StageGate.Actors.Engine;

/// <summary>The threads that the scheduler's actors have for themselves, so that a close can wait for their end.</summary>
internal sealed class OwnThreads
{
    private readonly List<DedicatedThread> _threads = [];

    /// <summary>An actor lives on this dispatcher. Where others live there too, its thread is not the scheduler's to wait for.</summary>
    public void Add(MessageDispatcher dispatcher)
    {
        if (dispatcher is not PinnedThreadDispatcher { Thread: { } thread })
            return;
        lock (_threads)
            _threads.Add(thread);
    }

    /// <summary>Waits until the threads of the stopped actors have ended.</summary>
    public void Join()
    {
        lock (_threads)
            _threads.ForEach(thread => thread.Join());
    }
}
