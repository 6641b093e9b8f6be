using Akka.Actor;

namespace StageGate.Actors.Engine;

/// <content>What each message comes to. All of it inside the turn that the message was given.</content>
internal sealed partial class SchedulerActor
{
    private void Handle(object message)
    {
        switch (message)
        {
            case CancelTask cancel:
                Reply(new SchedulerProtocol.CancelReply(_core.Cancel(cancel.Task)));
                break;
            case RequestTaskTermination request:
                Reply(new TerminationReply(_core.RequestTermination(request.Task)));
                break;
            case GetPipelineSnapshot get:
                Reply(_core.Snapshot(get.Pipeline));
                break;
            case SchedulerProtocol.SubmitPipeline submit:
                Reply(Submit(submit));
                TakeFacts(_engine.Inbox.Count);
                break;
            case SchedulerProtocol.CancelPipeline cancel:
                Reply(new SchedulerProtocol.CancelReply(_core.CancelPipeline(cancel.PipelineId)));
                break;
            case SchedulerProtocol.GetSnapshot:
                Reply(_core.Snapshot());
                break;
            case SchedulerProtocol.BeginShutdown shutdown:
                BeginShutdown(shutdown.CancelPendingPipelines);
                Reply(SchedulerProtocol.ShutdownBegun.Instance);
                break;
            case SchedulerProtocol.RequestTermination:
                CloseDoor();
                _core.RequestTermination();
                Reply(SchedulerProtocol.TerminationRequested.Instance);
                break;
            case SchedulerProtocol.CloseScheduler close:
                _audience.AddCloser(Sender);
                BeginShutdown(close.CancelPendingPipelines);
                _effects.CarryOut();
                break;
            case SchedulerProtocol.Subscribe subscribe:
                _audience.Handle(subscribe, Sender);
                break;
            case SchedulerProtocol.Unsubscribe unsubscribe:
                _audience.Handle(unsubscribe, Sender);
                break;
            case ListenerFailed failed:
                _audience.Handle(failed);
                break;
            case Terminated terminated:
                _audience.Forget(terminated.ActorRef);
                break;
            case StopEngine:
                _root.Tell(StopEngine.Instance, ActorRefs.NoSender);
                break;
            case Drain:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    /// <summary>Carries out what was decided, then answers: whoever has the answer finds it done.</summary>
    private void Reply(object answer)
    {
        _effects.CarryOut();
        _engine.TellOutsider(Sender, answer);
    }

    private object Submit(SchedulerProtocol.SubmitPipeline submit)
    {
        try
        {
            ArgumentNullException.ThrowIfNull(submit.Pipeline, "pipeline");

            // Without a context: this turn runs on the thread of anybody, whose context is none of the sender's.
            var handle = _engine.Intake.Accept(submit.Pipeline, submit.Name, context: null, Sender);
            return new SchedulerProtocol.PipelineAccepted(handle);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            return new SchedulerProtocol.PipelineRejected(submit.Pipeline, exception);
        }
    }

    private void BeginShutdown(bool cancelPendingPipelines)
    {
        CloseDoor();
        _core.BeginShutdown(cancelPendingPipelines);
    }

    private void CloseDoor()
    {
        // First the door, then what had come in through it: no accepted pipeline is missed.
        _engine.Intake.Close();
        TakeFacts(_engine.Inbox.Count);
    }
}
