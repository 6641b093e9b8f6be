using System.Runtime.CompilerServices;
using Akka.Actor;
using StageGate.Actors.Tests.Support;
using static StageGate.Actors.SchedulerEvents;

namespace StageGate.Actors.Tests.Protocol;

/// <summary>Subscribers that are slow, block whoever tells them something, throw, or die: neither the scheduler nor the others notice.</summary>
[Collection(WholeProcess.Name)]
[Guarantee("E4")]
public sealed class HostileSubscriberTests : IDisposable
{
    private readonly ActorSystem _system = Systems.New(
        """
        tiny {
          mailbox-type = "Akka.Dispatch.BoundedMailbox, Akka"
          mailbox-capacity = 1
          mailbox-push-timeout-time = 1000s
        }
        """);

    public void Dispose() => _system.Terminate().EndsSomehow();

    [Fact]
    [Guarantee("N8")]
    public void One_that_blocks_whoever_tells_it_something_keeps_neither_the_scheduler_nor_the_others_waiting()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options(2, 2));
        using var gate = new Gate();
        var blocking = new BlockingRef(gate);
        var other = new Correspondent(_system);
        other.Subscribe(scheduler);
        scheduler.ActorRef.Tell(new SchedulerProtocol.Subscribe(), blocking);
        gate.WaitUntilEntered();

        for (var i = 0; i < 100; i++)
            Assert.Equal(i, scheduler.Result(controls => controls.NewTask(() => i).Run().GetResult(Limits.Wait)));

        Assert.Equal(700, other.EventsSoFar(scheduler).Count);
        Bounded.OnOwnThread(() => scheduler.Close()).Ends();
        gate.Open();
        var heard = Enumerable.Range(0, 701).Select(_ => blocking.Next()).ToList();
        Assert.IsType<SchedulerProtocol.Subscribed>(heard[0]);
        Assert.Equal(700, heard.OfType<SchedulerEvent>().Count());
        Assert.True(blocking.HasBlockedThePool);
    }

    [Fact]
    public void One_with_a_full_bounded_mailbox_gets_its_events_and_its_answers_when_it_reads()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());
        using var gate = new Gate();
        var slow = _system.ActorOf(Props.Create(() => new Slow(gate)).WithDeploy(Deploy.Local).WithMailbox("tiny"));
        scheduler.ActorRef.Tell(new SchedulerProtocol.Subscribe(), slow);
        gate.WaitUntilEntered();

        for (var i = 0; i < 20; i++)
            scheduler.ActorRef.Tell(new SchedulerProtocol.SubmitPipeline(new ScriptedPipeline<int>(_ => i)), slow);
        Assert.Equal(7, Bounded.OnOwnThread(() => scheduler.Result(_ => 7)).Ends());
        gate.Open();

        // Each pipeline: accepted, three events, ended; and the facade's own one.
        Assert.Equal(20 * 5 + 3, slow.Ask<int>(new Slow.Await(20 * 5 + 3), Limits.Wait).Ends());
    }

    [Fact]
    public void A_submitter_with_a_full_bounded_mailbox_that_has_not_subscribed_keeps_nobody_waiting_either()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());
        using var gate = new Gate();
        var slow = _system.ActorOf(Props.Create(() => new Slow(gate)).WithDeploy(Deploy.Local).WithMailbox("tiny"));

        // Not a word of the scheduler's: it only brings the actor to the gate.
        slow.Tell(new SchedulerProtocol.Subscribed(scheduler.Snapshot()));
        gate.WaitUntilEntered();
        for (var i = 0; i < 20; i++)
            scheduler.ActorRef.Tell(new SchedulerProtocol.SubmitPipeline(new ScriptedPipeline<int>(_ => i)), slow);
        Assert.Equal(7, Bounded.OnOwnThread(() => scheduler.Result(_ => 7)).Ends());
        gate.Open();

        // Each pipeline: accepted and ended.
        Assert.Equal(20 * 2, slow.Ask<int>(new Slow.Await(20 * 2), Limits.Wait).Ends());
    }

    [Fact]
    public void One_whose_reference_throws_is_forgotten()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());
        var throwing = new ThrowingRef();
        scheduler.ActorRef.Tell(new SchedulerProtocol.Subscribe(throwing), ActorRefs.NoSender);

        for (var i = 0; i < 100; i++)
            Assert.Equal(7, scheduler.Result(_ => 7));

        Assert.True(SpinWait.SpinUntil(() => !Links.EventsOf(scheduler).IsActive, Limits.Wait));
        Assert.Equal(1, throwing.Told);
    }

    [Fact]
    public void One_whose_path_throws_does_no_harm()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());

        scheduler.ActorRef.Tell(new SchedulerProtocol.Subscribe(new PathlessRef()), ActorRefs.NoSender);
        scheduler.ActorRef.Tell(new SchedulerProtocol.Subscribe(), new PathlessRef());
        scheduler.ActorRef.Tell(new SchedulerProtocol.Unsubscribe(), new PathlessRef());

        Assert.Equal(7, scheduler.Result(_ => 7));
        Assert.False(Links.EventsOf(scheduler).IsActive);
    }

    [Fact]
    public void One_that_dies_is_forgotten_with_all_that_it_was_to_hear()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());

        var traces = SubscribeAndDie(scheduler);

        Assert.True(SpinWait.SpinUntil(() => !Links.EventsOf(scheduler).IsActive, Limits.Wait));
        Assert.Equal(7, scheduler.Result(_ => 7));
        Traces.AssertCollected(traces);
    }

    [Fact]
    public void One_that_is_dead_already_is_forgotten()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());
        var dead = new Correspondent(_system);
        dead.Ref.GracefulStop(Limits.Wait).Ends();

        scheduler.ActorRef.Tell(new SchedulerProtocol.Subscribe(dead.Ref), ActorRefs.NoSender);

        Assert.True(SpinWait.SpinUntil(() => !Links.EventsOf(scheduler).IsActive, Limits.Wait));
    }

    [Fact]
    public void An_Ask_that_subscribes_only_itself_is_answered_and_forgotten()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());

        for (var i = 0; i < 100; i++)
            scheduler.ActorRef.Ask<SchedulerProtocol.Subscribed>(new SchedulerProtocol.Subscribe(), Limits.Wait).Ends();

        Assert.True(SpinWait.SpinUntil(() => !Links.EventsOf(scheduler).IsActive, Limits.Wait));
    }

    [Fact]
    public void A_closed_scheduler_holds_no_subscriber()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());

        var traces = SubscribeFromNowhere(scheduler);
        Bounded.OnOwnThread(() => scheduler.Close()).Ends();

        Traces.AssertCollected(traces);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference[] SubscribeAndDie(Scheduler scheduler)
    {
        var failure = new FormatException();
        var mortal = new Correspondent(_system);
        mortal.Subscribe(scheduler);
        scheduler.Run<int>(_ => throw failure).GetException(Limits.Wait);
        mortal.Ref.GracefulStop(Limits.Wait).Ends();
        return [new(failure), new(mortal)];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] SubscribeFromNowhere(Scheduler scheduler)
    {
        using var gate = new Gate();
        gate.Open();
        var subscriber = new BlockingRef(gate);
        scheduler.ActorRef.Tell(new SchedulerProtocol.Subscribe(), subscriber);
        Assert.IsType<SchedulerProtocol.Subscribed>(subscriber.Next());
        scheduler.Result(_ => 1);
        return [new(subscriber)];
    }

    private sealed class Slow : UntypedActor
    {
        private readonly Gate _gate;
        private int _heard;
        private (int Count, IActorRef Asker)? _awaited;

        public Slow(Gate gate) => _gate = gate;

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case SchedulerProtocol.Subscribed:
                    _gate.Pass();
                    break;
                case Await await:
                    _awaited = (await.Count, Sender);
                    break;
                default:
                    _heard++;
                    break;
            }

            if (_awaited is var (count, asker) && _heard >= count)
                asker.Tell(_heard);
        }

        public sealed record Await(int Count);
    }
}
