using Akka.Actor;
using Akka.Event;
using StageGate.Actors.Engine.Events;
using StageGate.Actors.Work;

namespace StageGate.Actors.Engine;

/// <summary>What handles ask the scheduler. The public part of the protocol stands in <see cref="SchedulerProtocol"/>.</summary>
internal interface IHandleMessage : INoSerializationVerificationNeeded, IDeadLetterSuppression;

/// <summary>Answered with <see cref="SchedulerProtocol.CancelReply"/>.</summary>
internal sealed record CancelTask(TaskWork Task) : IHandleMessage;

/// <summary>Answered with <see cref="TerminationReply"/>.</summary>
internal sealed record RequestTaskTermination(TaskWork Task) : IHandleMessage;

internal sealed record TerminationReply(bool Accepted) : IHandleMessage;

/// <summary>Answered with <see cref="PipelineSnapshot"/>.</summary>
internal sealed record GetPipelineSnapshot(PipelineWork Pipeline) : IHandleMessage;

/// <summary>The reference of an actor has thrown when it was told something, and the relay that told it has retired.</summary>
internal sealed record ListenerFailed(Relay Relay) : IHandleMessage;

/// <summary>There are facts in the inbox.</summary>
internal sealed class Drain : IHandleMessage
{
    public static readonly Drain Instance = new();

    private Drain()
    {
    }
}

/// <summary>To the root: all is done, or one of the actors is being stopped; stop them all. The scheduler passes on what it told itself.</summary>
internal sealed class StopEngine : IHandleMessage
{
    public static readonly StopEngine Instance = new();

    private StopEngine()
    {
    }
}
