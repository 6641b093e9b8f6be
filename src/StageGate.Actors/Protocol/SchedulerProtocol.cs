using Akka.Actor;
using Akka.Event;

namespace StageGate.Actors;

/// <summary>
/// What an actor says to a scheduler, and what it hears back. Everything that <see cref="Scheduler"/> does can be done by message to
/// <see cref="Scheduler.ActorRef"/>, and nothing of it blocks. The messages never leave the process.
/// </summary>
public static class SchedulerProtocol
{
    /// <summary>Marks the messages of this protocol. They hold references into this process, and are never serialized.</summary>
    public interface IMessage : INoSerializationVerificationNeeded, IDeadLetterSuppression;

    /// <summary>
    /// Submits a pipeline. Answered with <see cref="PipelineAccepted"/> or <see cref="PipelineRejected"/>; and an accepted one, once it has
    /// ended, with <see cref="PipelineEnded"/>.
    /// </summary>
    /// <param name="Pipeline">The pipeline. An accepted one is used up.</param>
    /// <param name="Name">A name to show.</param>
    public sealed record SubmitPipeline(PipelineBase Pipeline, string? Name = null) : IMessage;

    /// <summary>The pipeline was accepted and will run in its turn.</summary>
    /// <param name="Handle">Its handle; of the pipeline's result type, where it has one.</param>
    public sealed record PipelineAccepted(PipelineHandle Handle) : IMessage;

    /// <summary>The pipeline was refused, and may be submitted elsewhere.</summary>
    /// <param name="Pipeline">The pipeline.</param>
    /// <param name="Reason">What <see cref="Scheduler.RunPipeline(Pipeline, string?)"/> would have thrown.</param>
    public sealed record PipelineRejected(PipelineBase Pipeline, Exception Reason) : IMessage;

    /// <summary>A pipeline that this actor had submitted has ended, in whatever way.</summary>
    /// <param name="Handle">The handle that <see cref="PipelineAccepted"/> brought.</param>
    public sealed record PipelineEnded(PipelineHandle Handle) : IMessage;

    /// <summary>Cancels a pipeline that has not begun. Answered with <see cref="CancelReply"/>.</summary>
    /// <param name="PipelineId">Its id.</param>
    public sealed record CancelPipeline(long PipelineId) : IMessage;

    /// <summary>The outcome of a cancellation.</summary>
    /// <param name="Canceled">Whether the work was canceled, and so never runs.</param>
    public sealed record CancelReply(bool Canceled) : IMessage;

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
    public sealed record ShutdownBegun : IMessage
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
    public sealed record TerminationRequested : IMessage
    {
        /// <summary>The one message of this kind.</summary>
        public static TerminationRequested Instance { get; } = new();
    }

    /// <summary>
    /// Begins shutdown, and stops the scheduler once all work has ended. Answered with <see cref="SchedulerClosed"/> at that moment.
    /// </summary>
    /// <param name="CancelPendingPipelines">Whether to cancel the pipelines that have not begun.</param>
    public sealed record CloseScheduler(bool CancelPendingPipelines = false) : IMessage;

    /// <summary>All work has ended.</summary>
    public sealed record SchedulerClosed : IMessage
    {
        /// <summary>The one message of this kind.</summary>
        public static SchedulerClosed Instance { get; } = new();
    }
}
