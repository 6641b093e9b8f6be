using Akka.Actor;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Linearizability;

/// <summary>What is asked of a scheduler as a whole. It is to be the same by a call and by a message.</summary>
internal abstract class Requests
{
    public static Requests ByCall(Scheduler scheduler) => new Calls(scheduler);

    public static Requests ByMessage(Scheduler scheduler) => new Messages(scheduler);

    public abstract PipelineHandle Submit(PipelineBase pipeline);

    public abstract bool Cancel(PipelineHandle pipeline);

    public abstract SchedulerSnapshot Snapshot();

    public abstract void Shutdown(bool cancelPendingPipelines);

    public abstract void RequestTermination();

    private sealed class Calls(Scheduler scheduler) : Requests
    {
        public override PipelineHandle Submit(PipelineBase pipeline) => scheduler.RunPipeline(pipeline);

        public override bool Cancel(PipelineHandle pipeline) => pipeline.Cancel();

        public override SchedulerSnapshot Snapshot() => scheduler.Snapshot();

        public override void Shutdown(bool cancelPendingPipelines) => scheduler.Shutdown(cancelPendingPipelines);

        public override void RequestTermination() => scheduler.RequestTermination();
    }

    private sealed class Messages(Scheduler scheduler) : Requests
    {
        public override PipelineHandle Submit(PipelineBase pipeline) =>
            Ask<SchedulerProtocol.IReply>(new SchedulerProtocol.SubmitPipeline(pipeline)) switch
            {
                SchedulerProtocol.PipelineAccepted accepted => accepted.Handle,
                SchedulerProtocol.PipelineRejected rejected => throw rejected.Reason,
                var other => throw new InvalidOperationException($"It was answered by {other}."),
            };

        public override bool Cancel(PipelineHandle pipeline) =>
            Ask<SchedulerProtocol.CancelReply>(new SchedulerProtocol.CancelPipeline(pipeline.Id)).Canceled;

        public override SchedulerSnapshot Snapshot() => Ask<SchedulerSnapshot>(SchedulerProtocol.GetSnapshot.Instance);

        public override void Shutdown(bool cancelPendingPipelines) =>
            Ask<SchedulerProtocol.ShutdownBegun>(new SchedulerProtocol.BeginShutdown(cancelPendingPipelines));

        public override void RequestTermination() =>
            Ask<SchedulerProtocol.TerminationRequested>(SchedulerProtocol.RequestTermination.Instance);

        private T Ask<T>(object message) => scheduler.ActorRef.Ask<T>(message, Limits.Wait).Ends();
    }
}
