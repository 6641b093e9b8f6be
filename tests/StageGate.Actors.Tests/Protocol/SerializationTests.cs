using Akka.Actor;
using StageGate.Actors.Tests.Support;
using static StageGate.Actors.SchedulerProtocol;

namespace StageGate.Actors.Tests.Protocol;

/// <summary>The whole protocol in a system that serializes every message and every creator, to find those that must not cross a network.</summary>
public sealed class SerializationTests : IDisposable
{
    private readonly ActorSystem _system = Systems.New("akka.actor { serialize-messages = on, serialize-creators = on }");

    public static TheoryData<string> Each => [Dispatchers.Inline, Dispatchers.Pinned];

    public void Dispose() => _system.Terminate().EndsSomehow();

    [Theory]
    [MemberData(nameof(Each))]
    public void Every_message_and_every_event_arrives(string dispatcher)
    {
        var schedulers = Enumerable.Range(0, 2).Select(_ => Scheduler.Attach(_system, Schedulers.Options(1, 1, ("cpu", 1)).On(dispatcher))).ToList();
        var actor = new Correspondent(_system);
        foreach (var scheduler in schedulers)
        {
            using var gate = new Gate();
            Assert.Equal(0, actor.Subscribe(scheduler).Tasks.Total);
            actor.Ask<PipelineAccepted>(scheduler, new SubmitPipeline(new ScriptedPipeline<int>(controls =>
            {
                controls.StageForward();
                controls.NewTask(gate.Pass).Requires("cpu", 1).Named("gate").Run().GetResult(Limits.Wait);
                return 5;
            }), "one"));
            gate.WaitUntilEntered();
            var before = actor.EventsSoFar(scheduler);
            Assert.Equal(
                ["PipelineQueued", "PipelineStarted", "StageAdvanced", "TaskQueued", "TaskAdmitted", "TaskStarted"],
                before.Select(e => e.GetType().Name));
            Assert.Equal(1, ((SchedulerEvents.TaskStarted)before[^1]).Resources["cpu"]);
            Assert.Equal(2, actor.Ask<PipelineAccepted>(scheduler, new SubmitPipeline(new ScriptedPipeline<int>(_ => 6))).Handle.Id);
            actor.Next<SchedulerEvents.PipelineQueued>();
            actor.Tell(scheduler, new CancelPipeline(2));
            actor.Next<PipelineEnded>();
            actor.Next<SchedulerEvents.PipelineEnded>();
            Assert.True(actor.Next<CancelReply>().Canceled);
            Assert.False(actor.Ask<CancelReply>(scheduler, new CancelPipeline(2)).Canceled);
            actor.Ask<ShutdownBegun>(scheduler, new BeginShutdown(CancelPendingPipelines: true));
            actor.Ask<PipelineRejected>(scheduler, new SubmitPipeline(new ScriptedPipeline<int>(_ => 7)));
            actor.Ask<TerminationRequested>(scheduler, RequestTermination.Instance);
            actor.Tell(scheduler, new CloseScheduler());
            gate.Open();
            Assert.Equal(
                ["TaskEnded", "PipelineEnded", "PipelineEnded"],
                actor.Until<SchedulerClosed>().Select(letter => letter.GetType().Name));
            Bounded.OnOwnThread(() => scheduler.Close()).Ends();
        }
    }

    [Fact]
    public void Subscribing_and_unsubscribing_and_refusals_arrive()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());
        var actor = new Correspondent(_system);
        var other = new Correspondent(_system);

        actor.Ask<Subscribed>(scheduler, new Subscribe(other.Ref));
        Assert.Equal(7, scheduler.Result(_ => 7));
        actor.Ask<Unsubscribed>(scheduler, new Unsubscribe(other.Ref));
        Assert.IsType<ArgumentException>(actor.Ask<SubscriptionRejected>(scheduler, new Subscribe(ActorRefs.Nobody)).Reason);

        Assert.Equal(3, other.EventsSoFar(scheduler).Count);
    }

    [Fact]
    public void Handles_and_the_results_of_waits_may_be_sent_to_actors()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());
        var actor = new Correspondent(_system);
        var handle = scheduler.Run(_ => 7);

        actor.Ref.Tell(handle);
        scheduler.WaitPipelinesAsync([handle]).PipeTo(actor.Ref);

        Assert.Same(handle, actor.Next<PipelineHandle<int>>());
        Assert.Same(handle, Assert.Single(actor.Next<WaitResult<PipelineHandle<int>>>().Done));
    }
}
