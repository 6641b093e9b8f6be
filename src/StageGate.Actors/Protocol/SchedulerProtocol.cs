using Akka.Actor;
using Akka.Event;

namespace StageGate.Actors;

/// <summary>
/// What an actor says to a scheduler, and what it hears back. Everything that <see cref="Scheduler"/> does can be done by message to
/// <see cref="Scheduler.ActorRef"/>, and nothing of it blocks. The messages never leave the process.
/// </summary>
/// <remarks>
/// A scheduler that has closed or died answers nothing, as any stopped actor: watch <see cref="Scheduler.ActorRef"/>, or ask with a
/// time-out. A message without a sender does its work and is answered to nobody.
/// </remarks>
public static class SchedulerProtocol
{
    /// <summary>Marks the messages of this protocol. They hold references into this process, and are never serialized.</summary>
    public interface IMessage : INoSerializationVerificationNeeded;

    /// <summary>
    /// Marks what the scheduler says. An answer that nobody waits for any more is no reason to complain; a request that nobody reads, because
    /// the scheduler has ended, is an ordinary dead letter.
    /// </summary>
    public interface IReply : IMessage, IDeadLetterSuppression;

    /// <summary>
    /// Submits a pipeline. Answered with <see cref="PipelineAccepted"/> or <see cref="PipelineRejected"/>; and an accepted one, once it has
    /// ended, with <see cref="PipelineEnded"/>.
    /// </summary>
    /// <param name="Pipeline">The pipeline. An accepted one is used up.</param>
    /// <param name="Name">A name to show.</param>
    public sealed record SubmitPipeline(PipelineBase Pipeline, string? Name = null) : IMessage;

    /// <summary>The pipeline was accepted and will run in its turn.</summary>
    /// <param name="Handle">Its handle; of the pipeline's result type, where it has one.</param>
    public sealed record PipelineAccepted(PipelineHandle Handle) : IReply;

    /// <summary>The pipeline was refused, and may be submitted elsewhere.</summary>
    /// <param name="Pipeline">The pipeline.</param>
    /// <param name="Reason">What <see cref="Scheduler.RunPipeline(Pipeline, string?)"/> would have thrown.</param>
    public sealed record PipelineRejected(PipelineBase Pipeline, Exception Reason) : IReply;

    /// <summary>A pipeline that this actor had submitted has ended, in whatever way, and so has the <see cref="WorkHandle.Completion"/> of its handle, where that was asked for.</summary>
    /// <param name="Handle">The handle that <see cref="PipelineAccepted"/> brought.</param>
    public sealed record PipelineEnded(PipelineHandle Handle) : IReply;

    /// <summary>Cancels a pipeline that has not begun. Answered with <see cref="CancelReply"/>.</summary>
    /// <param name="PipelineId">Its id.</param>
    public sealed record CancelPipeline(long PipelineId) : IMessage;

    /// <summary>The outcome of a cancellation.</summary>
    /// <param name="Canceled">Whether the work was canceled, and so never runs.</param>
    public sealed record CancelReply(bool Canceled) : IReply;

    /// <summary>Asks for a <see cref="SchedulerSnapshot"/>.</summary>
    public sealed record GetSnapshot : IMessage
    {
        /// <summary>The one message of this kind.</summary>
        public static GetSnapshot Instance { get; } = new();
    }

    /// <summary>Refuses pipelines from now on. Answered with <see cref="ShutdownBegun"/>.</summary>
    /// <param name="CancelPendingPipelines">Whether to cancel the pipelines that have not begun.</param>
    public sealed record BeginShutdown(bool CancelPendingPipelines = false) : IMessage;

    /// <summary>Shutdown has begun; what was accepted goes on.</summary>
    public sealed record ShutdownBegun : IReply
    {
        /// <summary>The one message of this kind.</summary>
        public static ShutdownBegun Instance { get; } = new();
    }

    /// <summary>
    /// Refuses pipelines from now on, cancels all work that has not begun, also the tasks that are submitted later, and asks what runs to
    /// end. Answered with <see cref="TerminationRequested"/>.
    /// </summary>
    public sealed record RequestTermination : IMessage
    {
        /// <summary>The one message of this kind.</summary>
        public static RequestTermination Instance { get; } = new();
    }

    /// <summary>All work was canceled or asked to end; what runs ends when it does.</summary>
    public sealed record TerminationRequested : IReply
    {
        /// <summary>The one message of this kind.</summary>
        public static TerminationRequested Instance { get; } = new();
    }

    /// <summary>
    /// Begins shutdown, and stops the scheduler once all work has ended. Answered with <see cref="SchedulerClosed"/> at that moment.
    /// </summary>
    /// <param name="CancelPendingPipelines">Whether to cancel the pipelines that have not begun.</param>
    public sealed record CloseScheduler(bool CancelPendingPipelines = false) : IMessage;

    /// <summary>All work has ended. An actor that has asked for it more than once hears it once.</summary>
    public sealed record SchedulerClosed : IReply
    {
        /// <summary>The one message of this kind.</summary>
        public static SchedulerClosed Instance { get; } = new();
    }

    /// <summary>
    /// Lets an actor receive the <see cref="SchedulerEvents"/> from now on. Answered to the sender with <see cref="Subscribed"/>. To subscribe
    /// again changes nothing, and is answered with another snapshot.
    /// </summary>
    /// <remarks>
    /// The events of one scheduler come in the order in which they were decided, each once, with <see cref="Scheduler.ActorRef"/> as their
    /// sender. An actor that has subscribed hears its answers in the same line: what it asked for and what it is told belong together. The
    /// scheduler never waits for a subscriber: what a slow one has not received yet waits in memory, a dead one is forgotten, and so is one
    /// whose reference throws. After a close, or after the death of the scheduler, which ends all open work as failed, the subscriber
    /// still receives all events up to the end; watch <see cref="Scheduler.ActorRef"/> to be told of the end itself.
    /// </remarks>
    /// <param name="Subscriber">
    /// The actor; <see langword="null"/>: the sender. Where there is no such actor, the answer is <see cref="SubscriptionRejected"/>.
    /// </param>
    public sealed record Subscribe(IActorRef? Subscriber = null) : IMessage;

    /// <summary>The actor has subscribed.</summary>
    /// <param name="Snapshot">The state after the last event that the subscriber does not get, and before the first that it does get.</param>
    public sealed record Subscribed(SchedulerSnapshot Snapshot) : IReply;

    /// <summary>There is no actor that could subscribe or unsubscribe.</summary>
    /// <param name="Reason">Says which.</param>
    public sealed record SubscriptionRejected(Exception Reason) : IReply;

    /// <summary>Lets an actor receive no more events. Answered to the sender with <see cref="Unsubscribed"/>, also if it had not subscribed.</summary>
    /// <param name="Subscriber">
    /// The actor; <see langword="null"/>: the sender. Where there is no such actor, the answer is <see cref="SubscriptionRejected"/>.
    /// </param>
    public sealed record Unsubscribe(IActorRef? Subscriber = null) : IMessage;

    /// <summary>No more events are sent; an actor that has unsubscribed itself has received the last one.</summary>
    public sealed record Unsubscribed : IReply
    {
        /// <summary>The one message of this kind.</summary>
        public static Unsubscribed Instance { get; } = new();
    }
}
