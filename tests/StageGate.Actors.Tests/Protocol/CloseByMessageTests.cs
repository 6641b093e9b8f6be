using Akka.Actor;
using StageGate.Actors.Tests.Support;
using static StageGate.Actors.SchedulerProtocol;

namespace StageGate.Actors.Tests.Protocol;

/// <summary>Requests that are in the scheduler's mailbox when its last work ends.</summary>
public sealed class CloseByMessageTests : IDisposable
{
    private readonly ActorSystem _system = Systems.New();

    public static TheoryData<string> Each => [Dispatchers.Inline, Dispatchers.Pinned];

    public void Dispose() => _system.Terminate().EndsSomehow();

    [Theory]
    [MemberData(nameof(Each))]
    [Guarantee("E1")]
    public void Whoever_asked_before_the_end_has_an_answer(string dispatcher)
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options().On(dispatcher));
        var actor = scheduler.ActorRef;
        using var first = new SlowAsker();
        var closing = Bounded.OnOwnThread(() => actor.Tell(new CloseScheduler(), first));
        first.WaitUntilTouched();

        // The scheduler is in the middle of the turn in which it closes.
        var closed = actor.Ask<SchedulerClosed>(new CloseScheduler(), Limits.Wait);
        var snapshot = actor.Ask<SchedulerSnapshot>(GetSnapshot.Instance, Limits.Wait);
        var late = actor.Ask<PipelineRejected>(new SubmitPipeline(new ScriptedPipeline<int>(_ => 1)), Limits.Wait);
        var terminating = actor.Ask<TerminationRequested>(RequestTermination.Instance, Limits.Wait);
        var subscribed = actor.Ask<Subscribed>(new Subscribe(), Limits.Wait);
        first.Dispose();

        closing.Ends();
        closed.Ends();
        Assert.True(snapshot.Ends().ShutdownStarted);
        Assert.IsType<InvalidOperationException>(late.Ends().Reason);
        terminating.Ends();
        Assert.Equal(0, subscribed.Ends().Snapshot.Pipelines.Total);
        Bounded.OnOwnThread(() => scheduler.Close()).Ends();
        Assert.True(scheduler.IsClosed);
        Assert.False(_system.Has(Systems.SchedulerName));
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void Whoever_asks_twice_hears_of_the_close_once(string dispatcher)
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options().On(dispatcher));
        var twice = new Correspondent(_system);
        using var first = new SlowAsker();
        var closing = Bounded.OnOwnThread(() => scheduler.ActorRef.Tell(new CloseScheduler(), first));
        first.WaitUntilTouched();

        twice.Tell(scheduler, new CloseScheduler());
        twice.Tell(scheduler, GetSnapshot.Instance);
        twice.Tell(scheduler, new CloseScheduler());
        twice.Tell(scheduler, RequestTermination.Instance);
        first.Dispose();
        closing.Ends();

        var heard = twice.Until<TerminationRequested>();
        Assert.Single(heard.OfType<SchedulerClosed>());
        Assert.Single(heard.OfType<SchedulerSnapshot>());
        Assert.Equal(2, heard.Count);
    }

    /// <summary>An asker who keeps the scheduler in its turn when it is to be remembered.</summary>
    private sealed class SlowAsker : MinimalActorRef, IDisposable
    {
        private readonly Gate _gate = new();

        public override ActorPath Path { get; } = ActorPath.Parse("akka://elsewhere/user/slow");

        public override IActorRefProvider Provider => throw new NotSupportedException();

        public void WaitUntilTouched() => _gate.WaitUntilEntered();

        public void Dispose() => _gate.Open();

        public override int GetHashCode()
        {
            _gate.Pass();
            return 7;
        }

        public override bool Equals(object? obj) => ReferenceEquals(this, obj);

        protected override void TellInternal(object message, IActorRef sender)
        {
        }
    }
}
