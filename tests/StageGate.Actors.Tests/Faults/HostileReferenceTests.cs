using Akka.Actor;
using Akka.Event;
using Akka.Util;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Faults;

/// <summary>References, clocks and sinks of users' that come to throw, or that block, while the scheduler knows them.</summary>
[Guarantee("B4", "E4", "X6")]
public class HostileReferenceTests
{
    public static TheoryData<string> Each => [Dispatchers.Inline, Dispatchers.Pinned];

    [Theory]
    [MemberData(nameof(Each))]
    public void A_subscriber_that_comes_to_throw_wherever_it_is_touched_is_told_no_more_and_the_others_hear_on(string dispatcher)
    {
        using var site = new FaultSite(dispatcher);
        var broken = new FickleRef();
        var other = new Correspondent(site.System);
        site.Scheduler.ActorRef.Tell(new SchedulerProtocol.Subscribe(broken), ActorRefs.NoSender);
        other.Subscribe(site.Scheduler);
        site.Scheduler.Result(_ => 1);
        Assert.Equal(3, other.EventsSoFar(site.Scheduler).Count);

        broken.Break();
        for (var i = 0; i < 10; i++)
            site.Scheduler.Result(_ => 1);

        Assert.Equal(30, other.EventsSoFar(site.Scheduler).Count);
        Assert.True(broken.Threw.WaitOne(Limits.Wait));
        site.AssertAlive();
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void The_death_of_one_subscriber_is_no_fault_though_another_one_throws_wherever_it_is_touched(string dispatcher)
    {
        using var site = new FaultSite(dispatcher);
        var broken = new FickleRef();
        var mortal = new Correspondent(site.System);
        var other = new Correspondent(site.System);
        site.Scheduler.ActorRef.Tell(new SchedulerProtocol.Subscribe(broken), ActorRefs.NoSender);
        mortal.Subscribe(site.Scheduler);
        other.Subscribe(site.Scheduler);
        site.Populate();

        broken.Break();
        mortal.Ref.GracefulStop(Limits.Wait).Ends();
        other.Tell(site.Scheduler, new SchedulerProtocol.Unsubscribe(mortal.Ref));
        other.Until<SchedulerProtocol.Unsubscribed>();

        site.AssertAlive();
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void A_submitter_and_an_asker_that_come_to_throw_do_no_harm(string dispatcher)
    {
        using var site = new FaultSite(dispatcher);
        var gate = site.NewGate();
        var broken = new FickleRef();
        site.Scheduler.ActorRef.Tell(new SchedulerProtocol.SubmitPipeline(new ScriptedPipeline<int>(_ => FaultSite.Pass(gate))), broken);
        gate.WaitUntilEntered();

        broken.Break();
        site.Scheduler.ActorRef.Tell(SchedulerProtocol.GetSnapshot.Instance, broken);
        gate.Open();

        site.AssertAlive();
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void One_of_those_who_asked_for_the_close_that_comes_to_throw_keeps_it_from_no_other(string dispatcher)
    {
        using var site = new FaultSite(dispatcher);
        var gate = site.NewGate();
        var broken = new FickleRef();
        var other = new Correspondent(site.System);
        site.Scheduler.Run(_ => FaultSite.Pass(gate));
        gate.WaitUntilEntered();
        site.Scheduler.ActorRef.Tell(new SchedulerProtocol.CloseScheduler(), broken);
        other.Tell(site.Scheduler, new SchedulerProtocol.CloseScheduler());
        other.Tell(site.Scheduler, SchedulerProtocol.GetSnapshot.Instance);
        other.Until<SchedulerSnapshot>();

        broken.Break();
        gate.Open();

        other.Until<SchedulerProtocol.SchedulerClosed>();
        Assert.True(broken.Threw.WaitOne(Limits.Wait));
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void A_subscriber_that_comes_to_throw_wherever_it_is_touched_is_listened_for_no_more(string dispatcher)
    {
        using var site = new FaultSite(dispatcher);
        var broken = new FickleRef();
        site.Scheduler.ActorRef.Tell(new SchedulerProtocol.Subscribe(broken), ActorRefs.NoSender);
        site.Scheduler.Result(_ => 1);
        Assert.True(Links.EventsOf(site.Scheduler).IsActive);

        broken.Break();
        site.Scheduler.Result(_ => 1);

        Assert.True(SpinWait.SpinUntil(() => !Links.EventsOf(site.Scheduler).IsActive, Limits.Wait));
        site.AssertAlive();
    }

    /// <summary>The end of the first subscription comes to the scheduler after the second one has begun.</summary>
    [Theory]
    [MemberData(nameof(Each))]
    public void One_that_has_thrown_and_subscribes_again_is_forgotten_as_often_as_it_asks(string dispatcher)
    {
        using var site = new FaultSite(dispatcher);
        using var gate = new Gate();
        var stumbling = new StumblingRef(gate);
        var other = new Correspondent(site.System);

        // None of the pool's, where the reference holds those who look at it.
        Bounded.OnOwnThread(() =>
        {
            site.Scheduler.ActorRef.Tell(new SchedulerProtocol.Subscribe(stumbling), ActorRefs.NoSender);
            site.Scheduler.Result(_ => 1);
            gate.WaitUntilEntered();

            other.Ask<SchedulerProtocol.Subscribed>(site.Scheduler, new SchedulerProtocol.Subscribe(stumbling));
            other.Ask<SchedulerProtocol.Unsubscribed>(site.Scheduler, new SchedulerProtocol.Unsubscribe(stumbling));
        }).Ends();

        Assert.False(Links.EventsOf(site.Scheduler).IsActive);
        gate.Open();
        site.AssertAlive();
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void One_that_is_taken_for_another_and_throws_when_they_are_compared_does_that_other_no_harm(string dispatcher)
    {
        using var site = new FaultSite(dispatcher);
        var gate = site.NewGate();
        var mortal = new Correspondent(site.System);
        var other = new Correspondent(site.System);
        var pipeline = site.Scheduler.Run(_ => FaultSite.Pass(gate));
        gate.WaitUntilEntered();
        mortal.Subscribe(site.Scheduler);
        other.Subscribe(site.Scheduler);
        site.Scheduler.ActorRef.Tell(new SchedulerProtocol.CloseScheduler(), new Impostor(mortal.Ref));
        site.Scheduler.ActorRef.Tell(new SchedulerProtocol.CloseScheduler(), new Impostor(other.Ref));

        mortal.Ref.GracefulStop(Limits.Wait).Ends();
        other.Ask<SchedulerProtocol.Unsubscribed>(site.Scheduler, new SchedulerProtocol.Unsubscribe());
        other.Tell(site.Scheduler, new SchedulerProtocol.CloseScheduler());
        other.Tell(site.Scheduler, SchedulerProtocol.GetSnapshot.Instance);
        other.Until<SchedulerSnapshot>();
        gate.Open();

        Assert.Equal(1, pipeline.GetResult(Limits.Wait));
        other.Next<SchedulerProtocol.SchedulerClosed>();
    }

    [Fact]
    public void A_listener_of_the_log_that_throws_at_every_warning_does_no_harm()
    {
        using var site = new FaultSite(hocon: "akka.loglevel = WARNING");
        var listener = new FickleRef();
        site.System.EventStream.Subscribe(listener, typeof(Warning));
        listener.Break();
        var gate = site.NewGate();
        var pipeline = site.Scheduler.Run(controls => controls.NewTask(new Action(() =>
        {
            gate.Pass();
            throw new InvalidDataException();
        })).Run().Id);
        pipeline.GetResult(Limits.Wait);

        gate.Open();

        pipeline.Drained.Ends();
        Assert.True(listener.Threw.WaitOne(Limits.Wait));
        listener.Mend();
        site.AssertAlive();
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void A_sink_of_warnings_that_blocks_keeps_nobody_waiting(string dispatcher)
    {
        using var sink = new Gate();
        using var site = new FaultSite(dispatcher, configure: options => options.OnWarning = (_, _) => sink.Pass());
        var gate = site.NewGate();
        site.Scheduler.Result(controls => controls.NewTask(new Action(() =>
        {
            gate.Pass();
            throw new InvalidDataException();
        })).Run().Id);
        gate.Open();
        sink.WaitUntilEntered();

        site.Populate();

        site.AssertAlive();
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void A_clock_that_blocks_holds_up_the_events_and_the_scheduler_goes_on_when_it_does(string dispatcher)
    {
        using var clock = new BlockingClock();
        using var site = new FaultSite(dispatcher, configure: options => options.TimeProvider = clock);
        var listener = new Correspondent(site.System);
        listener.Subscribe(site.Scheduler);
        clock.Block();

        var submitted = Bounded.OnOwnThread(() => site.Scheduler.Run(controls => controls.NewTask(() => 7).Run().GetResult(Limits.Wait)));
        clock.WaitUntilEntered();
        clock.Dispose();

        Assert.Equal(7, submitted.Ends().GetResult(Limits.Wait));
        Assert.Equal(7, listener.EventsSoFar(site.Scheduler).Count);
        site.AssertAlive();
    }

    private sealed class BlockingClock : TimeProvider, IDisposable
    {
        private readonly Gate _gate = new();
        private volatile bool _blocks;

        public void Block() => _blocks = true;

        public void WaitUntilEntered() => _gate.WaitUntilEntered();

        public void Dispose() => _gate.Open();

        public override DateTimeOffset GetUtcNow()
        {
            if (_blocks)
                _gate.Pass();
            return base.GetUtcNow();
        }
    }

    /// <summary>No reference of Akka's. Has the hash of an actor, cannot be compared with it, and hears nothing.</summary>
    private sealed class Impostor(IActorRef actor) : IActorRef
    {
        public ActorPath Path => throw new NotSupportedException();

        public void Tell(object message, IActorRef sender)
        {
        }

        public bool Equals(IActorRef? other) => throw new NotSupportedException();

        public override bool Equals(object? obj) => throw new NotSupportedException();

        public override int GetHashCode() => actor.GetHashCode();

        public int CompareTo(IActorRef? other) => throw new NotSupportedException();

        public int CompareTo(object? obj) => throw new NotSupportedException();

        public ISurrogate ToSurrogate(ActorSystem system) => throw new NotSupportedException();
    }

    /// <summary>Throws at the first event that it is told, and holds whoever wants to say so.</summary>
    private sealed class StumblingRef(Gate gate) : MinimalActorRef
    {
        private readonly ActorPath _path = ActorPath.Parse("akka://elsewhere/user/stumbling");
        private int _told;

        public override ActorPath Path
        {
            get
            {
                if (Volatile.Read(ref _told) > 0 && Thread.CurrentThread.IsThreadPoolThread)
                    gate.Pass();
                return _path;
            }
        }

        public override IActorRefProvider Provider => throw new NotSupportedException();

        protected override void TellInternal(object message, IActorRef sender)
        {
            if (Interlocked.Increment(ref _told) == 1)
                throw new InvalidOperationException("It stumbles.");
        }
    }

    /// <summary>Behaves until it is broken; from then on it throws wherever it is touched.</summary>
    private sealed class FickleRef : MinimalActorRef
    {
        private readonly ActorPath _path = ActorPath.Parse("akka://elsewhere/user/fickle");
        private volatile bool _isBroken;

        public ManualResetEvent Threw { get; } = new(false);

        public override ActorPath Path => Sound(_path);

        public override IActorRefProvider Provider => throw new NotSupportedException();

        public void Break() => _isBroken = true;

        public void Mend() => _isBroken = false;

        public override bool Equals(object? obj) => Sound(ReferenceEquals(this, obj));

        public override int GetHashCode() => Sound(7);

        public override string ToString() => Sound("fickle");

        protected override void TellInternal(object message, IActorRef sender) => Sound(0);

        private T Sound<T>(T value)
        {
            if (!_isBroken)
                return value;

            Threw.Set();
            throw new InvalidOperationException("It is broken.");
        }
    }
}
