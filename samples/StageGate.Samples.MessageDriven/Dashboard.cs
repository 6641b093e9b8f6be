using Akka.Actor;
using StageGate.Actors;

namespace StageGate.Samples.MessageDriven;

/// <summary>Shows where the work stands: from a snapshot on, by events alone.</summary>
internal sealed class Dashboard : ReceiveActor
{
    private readonly IActorRef _scheduler;
    private long _ended;
    private long _running;

    public Dashboard(IActorRef scheduler, int files)
    {
        _scheduler = scheduler;
        var step = Math.Max(1, files / 5);

        // begin-snippet
        Receive<SchedulerProtocol.Subscribed>(subscribed => _running = subscribed.Snapshot.Tasks.Running);
        Receive<SchedulerEvents.TaskStarted>(_ => _running++);
        Receive<SchedulerEvents.TaskEnded>(ended => _running -= ended.HadStarted ? 1 : 0);
        Receive<SchedulerEvents.PipelineEnded>(ended =>
        {
            if (++_ended % step == 0)
                Console.WriteLine($"{ended.Timestamp:T} {_ended} of {files} files done, {_running} tasks running");
        });
        Receive<SchedulerEvent>(_ => { });   // whatever else becomes of pipelines and tasks
        // end-snippet
    }

    protected override void PreStart() => _scheduler.Tell(new SchedulerProtocol.Subscribe());
}
