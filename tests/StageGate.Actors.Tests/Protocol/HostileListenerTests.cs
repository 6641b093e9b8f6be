using Akka.Actor;
using Akka.Event;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Protocol;

/// <summary>Listeners to the event stream of the actor system that throw or block, and what they can do to the scheduler and what they cannot.</summary>
[Collection(WholeProcess.Name)]
public sealed class HostileListenerTests : IDisposable
{
    private readonly ActorSystem _system = Systems.New(FullDispatcher.Hocon);

    public static TheoryData<string> Each => [Dispatchers.Inline, Dispatchers.Pinned];

    public void Dispose() => _system.Terminate().EndsSomehow();

    [Theory]
    [MemberData(nameof(Each))]
    [Guarantee("E6", "X6")]
    public void One_that_throws_when_a_message_was_not_understood_ends_nothing(string dispatcher)
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options().On(dispatcher));
        var throwing = new ThrowingRef();
        _system.EventStream.Subscribe(throwing, typeof(UnhandledMessage));

        scheduler.ActorRef.Tell("what?", ActorRefs.NoSender);

        Assert.True(SpinWait.SpinUntil(() => throwing.Told == 1, Limits.Wait));
        Assert.Equal(7, scheduler.Result(_ => 7));
    }

    [Theory]
    [MemberData(nameof(Each))]
    [Guarantee("E6", "B4")]
    public void One_that_blocks_when_a_message_was_not_understood_keeps_nobody_waiting(string dispatcher)
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options().On(dispatcher));
        using var gate = new Gate();
        _system.EventStream.Subscribe(new BlockingRef(gate), typeof(UnhandledMessage));

        Bounded.OnOwnThread(() => scheduler.ActorRef.Tell("what?", ActorRefs.NoSender)).Ends();

        gate.WaitUntilEntered();
        Assert.Equal(7, Bounded.OnOwnThread(() => scheduler.Result(_ => 7)).Ends());
        Bounded.OnOwnThread(() => scheduler.Close()).Ends();
    }

    [Theory]
    [MemberData(nameof(Each))]
    [Guarantee("E6")]
    public void One_that_blocks_at_dead_letters_is_told_of_no_answer_to_nobody(string dispatcher)
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options().On(dispatcher));
        using var gate = new Gate();
        _system.EventStream.Subscribe(new BlockingRef(gate), typeof(AllDeadLetters));

        scheduler.ActorRef.Tell(SchedulerProtocol.GetSnapshot.Instance, ActorRefs.NoSender);
        scheduler.ActorRef.Tell(new SchedulerProtocol.CancelPipeline(1), ActorRefs.Nobody);
        scheduler.ActorRef.Tell(SchedulerProtocol.GetSnapshot.Instance, _system.DeadLetters);

        // It is answered after all three.
        Bounded.OnOwnThread(scheduler.Snapshot).Ends();
        Assert.False(gate.IsEntered);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/pipelines")]
    [InlineData("/workers")]
    [InlineData("/pipelines/coordinator-1")]
    [InlineData("/workers/worker-1")]
    [Guarantee("E6", "X6")]
    public void One_that_throws_when_another_of_the_actors_did_not_understand_ends_nothing(string path)
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options(), "told");
        Assert.Equal(7, scheduler.Result(c => c.NewTask(() => 7).Run().GetResult()));
        var throwing = new ThrowingRef();
        _system.EventStream.Subscribe(throwing, typeof(UnhandledMessage));

        _system.ActorSelection($"/user/told{path}").Tell("what?");

        Assert.True(SpinWait.SpinUntil(() => throwing.Told == 1, Limits.Wait));
        Assert.Equal(7, scheduler.Result(c => c.NewTask(() => 7).Run().GetResult()));
    }

    [Theory]
    [MemberData(nameof(Each))]
    [Guarantee("B4", "E4")]
    public void One_that_blocks_at_dead_letters_does_not_hold_up_the_scheduler_where_more_is_answered_to_an_Ask_that_is_over(string dispatcher)
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options().On(dispatcher));
        using var busy = new Gate();
        using var gate = new Gate();
        var submitted = new SchedulerProtocol.SubmitPipeline(new ScriptedPipeline<int>(_ => Nested.Pass(busy)));
        var running = scheduler.ActorRef.Ask<SchedulerProtocol.PipelineAccepted>(submitted, Limits.Wait).Ends().Handle;
        busy.WaitUntilEntered();
        _system.EventStream.Subscribe(new BlockingRef(gate), typeof(AllDeadLetters));

        busy.Open();
        gate.WaitUntilEntered();

        running.GetResult(Limits.Wait);
        Assert.Equal(7, Bounded.OnOwnThread(() => scheduler.Result(c => c.NewTask(() => 7).Run().GetResult())).Ends());
        gate.Open();
    }

    [Theory]
    [MemberData(nameof(Each))]
    [Guarantee("N22")]
    public void A_subscriber_whose_dispatcher_blocks_whoever_hands_it_an_actor_holds_up_the_scheduler(string dispatcher)
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options().On(dispatcher));
        using var gate = new Gate();
        var guest = _system.ActorOf(Props.Empty.WithDispatcher(FullDispatcher.Name));
        Assert.Equal(guest, guest.Ask<ActorIdentity>(new Identify(1), Limits.Wait).Ends().Subject);
        FullDispatcher.Fill(_system, gate);

        // More than once: an actor that happens to be running is not handed to its dispatcher.
        var telling = Bounded.OnOwnThread(() =>
        {
            for (; !gate.IsEntered; Thread.Yield())
            {
                scheduler.ActorRef.Tell(new SchedulerProtocol.Subscribe(guest), ActorRefs.NoSender);
                scheduler.ActorRef.Tell(new SchedulerProtocol.Unsubscribe(guest), ActorRefs.NoSender);
            }
        });
        gate.WaitUntilEntered();
        Assert.True(Links.TurnOf(scheduler).IsTaken);

        gate.Open();
        telling.Ends();
        Assert.Equal(7, scheduler.Result(_ => 7));
    }
}
