using System.Collections.Concurrent;
using Akka.Actor;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Protocol;

/// <summary>A reference that is none of Akka's.</summary>
internal abstract class ForeignRef : MinimalActorRef
{
    public override ActorPath Path { get; } = ActorPath.Parse("akka://elsewhere/user/foreign");

    public override IActorRefProvider Provider => throw new NotSupportedException();
}

internal sealed class BlockingRef(Gate gate) : ForeignRef
{
    private readonly BlockingCollection<object> _heard = [];

    /// <summary>Whether it was a thread of the pool that was held up.</summary>
    public bool HasBlockedThePool { get; private set; }

    public object Next() => _heard.TryTake(out var heard, Limits.Wait) ? heard : throw new TimeoutException();

    protected override void TellInternal(object message, IActorRef sender)
    {
        HasBlockedThePool |= !gate.IsEntered && Thread.CurrentThread.IsThreadPoolThread;
        gate.Pass();
        _heard.Add(message);
    }
}

internal sealed class ThrowingRef : ForeignRef
{
    private int _told;

    public int Told => Volatile.Read(ref _told);

    protected override void TellInternal(object message, IActorRef sender)
    {
        Interlocked.Increment(ref _told);
        throw new InvalidOperationException("It does not want to know.");
    }
}

/// <summary>Asks for the completion of what it was told is accepted, lets it go on then, and looks once more when it is told of the end.</summary>
internal sealed class WaitingRef(Gate gate) : ForeignRef
{
    private static int s_made;

    private readonly TaskCompletionSource<bool> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _completion;

    /// <summary>References of the same path are one and the same.</summary>
    public override ActorPath Path { get; } = ActorPath.Parse($"akka://elsewhere/user/waiting-{Interlocked.Increment(ref s_made)}");

    public Task<bool> HadEndedWhenTold => _told.Task;

    protected override void TellInternal(object message, IActorRef sender)
    {
        switch (message)
        {
            case SchedulerProtocol.PipelineAccepted { Handle: var handle }:
                _completion = handle.Completion;
                gate.Open();

                // So that this thread is the one that is about to tell the end as well.
                Assert.True(SpinWait.SpinUntil(() => handle.IsDone, Limits.Wait));
                break;
            case SchedulerProtocol.PipelineEnded:
                _told.SetResult(_completion!.IsCompleted);
                break;
        }
    }
}

internal sealed class PathlessRef : MinimalActorRef
{
    public override ActorPath Path => throw new InvalidOperationException("It has no path.");

    public override IActorRefProvider Provider => throw new NotSupportedException();

    protected override void TellInternal(object message, IActorRef sender)
    {
    }
}
