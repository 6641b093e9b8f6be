using Akka.Actor;
using StageGate.Actors.Tests.Support;
using static StageGate.Actors.SchedulerEvents;

namespace StageGate.Actors.Tests.Protocol;

public sealed class SubscriptionTests : IDisposable
{
    private readonly ActorSystem _system = Systems.New();

    public void Dispose() => _system.Terminate().EndsSomehow();

    [Fact]
    public void The_events_begin_where_the_snapshot_ends()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());
        using var gate = new Gate();
        scheduler.Result(_ => 1);
        var running = scheduler.Run(controls =>
        {
            var task = controls.NewTask(gate.Pass).Run();
            return controls.Wait([task, controls.NewTask(() => 1).Run()], Limits.Wait).Done.Count;
        });
        var queued = scheduler.Run(_ => 3);
        gate.WaitUntilEntered();
        Assert.True(SpinWait.SpinUntil(() => scheduler.Snapshot().Tasks.Total == 2, Limits.Wait));
        var subscriber = new Correspondent(_system);

        var snapshot = subscriber.Subscribe(scheduler);

        Assert.Equal(new PipelineCounts(1, 1, 1, 0, 0), snapshot.Pipelines);
        Assert.Equal(new TaskCounts(1, 1, 1, 0, 0, 0, 0), snapshot.Tasks);
        Assert.Empty(subscriber.EventsSoFar(scheduler));
        gate.Open();
        running.GetResult(Limits.Wait);
        queued.GetResult(Limits.Wait);
        Assert.Equal(
            [
                typeof(TaskEnded), typeof(TaskAdmitted), typeof(TaskStarted), typeof(TaskEnded),
                typeof(PipelineEnded), typeof(PipelineStarted), typeof(PipelineEnded),
            ],
            subscriber.EventsSoFar(scheduler).Select(e => e.GetType()));
    }

    [Fact]
    public void Subscribing_twice_counts_once_and_gives_the_state_in_between()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());
        var subscriber = new Correspondent(_system);
        subscriber.Subscribe(scheduler);
        scheduler.Result(_ => 1);

        subscriber.Tell(scheduler, new SchedulerProtocol.Subscribe(subscriber.Ref));
        Assert.Equal([typeof(PipelineQueued), typeof(PipelineStarted), typeof(PipelineEnded)], TypesUntilSubscribed(out var snapshot));

        Assert.Equal(1, snapshot.Pipelines.Succeeded);
        scheduler.Result(_ => 2);
        Assert.Equal(3, subscriber.EventsSoFar(scheduler).Count);

        List<Type> TypesUntilSubscribed(out SchedulerSnapshot snapshot)
        {
            var types = new List<Type>();
            while (true)
            {
                var letter = subscriber.Next();
                if (letter is SchedulerProtocol.Subscribed subscribed)
                {
                    snapshot = subscribed.Snapshot;
                    return types;
                }

                types.Add(letter.GetType());
            }
        }
    }

    [Fact]
    public void After_Unsubscribed_no_event_comes_until_it_subscribes_again()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());
        var subscriber = new Correspondent(_system);
        for (var round = 1; round <= 100; round++)
        {
            Assert.Equal(2 * round - 2, subscriber.Subscribe(scheduler).Pipelines.Succeeded);
            scheduler.Result(_ => 1);
            subscriber.Tell(scheduler, new SchedulerProtocol.Unsubscribe());
            Assert.Equal(3, subscriber.Until<SchedulerProtocol.Unsubscribed>().Count);
            scheduler.Result(_ => 2);
            Assert.Empty(subscriber.EventsSoFar(scheduler));
        }
    }

    [Fact]
    public void One_actor_can_subscribe_and_unsubscribe_another()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());
        var manager = new Correspondent(_system);
        var dashboard = new Correspondent(_system);

        var subscribed = manager.Ask<SchedulerProtocol.Subscribed>(scheduler, new SchedulerProtocol.Subscribe(dashboard.Ref));
        scheduler.Result(_ => 1);
        manager.Ask<SchedulerProtocol.Unsubscribed>(scheduler, new SchedulerProtocol.Unsubscribe(dashboard.Ref));
        scheduler.Result(_ => 2);

        Assert.Equal(0, subscribed.Snapshot.Pipelines.Total);
        Assert.Equal(3, dashboard.EventsSoFar(scheduler).Count);
        Assert.Empty(manager.EventsSoFar(scheduler));
    }

    [Fact]
    public void Unsubscribing_without_a_subscription_is_answered_all_the_same()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());

        new Correspondent(_system).Ask<SchedulerProtocol.Unsubscribed>(scheduler, new SchedulerProtocol.Unsubscribe());
    }

    [Fact]
    public void One_subscriber_tells_several_schedulers_in_one_system_and_in_their_own_apart_by_the_sender()
    {
        using var one = Scheduler.Attach(_system, Schedulers.Options(), "one");
        using var two = Scheduler.Attach(_system, Schedulers.Options(), "two");
        using var three = Schedulers.New();
        Scheduler[] all = [one, two, three];
        var subscriber = new Correspondent(_system);
        foreach (var scheduler in all)
            subscriber.Subscribe(scheduler);

        for (var i = 0; i < all.Length; i++)
        {
            for (var n = 0; n <= i; n++)
                all[i].Result(controls => controls.NewTask(() => 1).Run().GetResult(Limits.Wait));
        }

        var senders = new List<IActorRef>();
        for (var i = 0; i < 7 * (1 + 2 + 3); i++)
        {
            Assert.IsAssignableFrom<SchedulerEvent>(subscriber.Next());
            senders.Add(subscriber.LastSender);
        }

        for (var i = 0; i < all.Length; i++)
            Assert.Equal(7 * (i + 1), senders.Count(sender => sender.Equals(all[i].ActorRef)));
    }

    [Fact]
    public void The_answers_to_a_subscriber_come_in_one_line_with_its_events()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());
        var subscriber = new Correspondent(_system);
        subscriber.Subscribe(scheduler);

        subscriber.Tell(scheduler, new SchedulerProtocol.SubmitPipeline(new ScriptedPipeline<int>(_ => 1)));

        Assert.Equal(
            [typeof(SchedulerProtocol.PipelineAccepted), typeof(PipelineQueued), typeof(PipelineStarted)],
            new[] { subscriber.Next(), subscriber.Next(), subscriber.Next() }.Select(letter => letter.GetType()));
        subscriber.Next<SchedulerProtocol.PipelineEnded>();
        subscriber.Next<PipelineEnded>();
    }

    [Fact]
    public void Somebody_else_who_subscribes_an_actor_again_and_again_costs_it_no_event()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options(pipelines: 2, tasks: 2));
        var subscriber = new Correspondent(_system);
        subscriber.Subscribe(scheduler);
        var busy = scheduler.Run(c => c.Wait(Enumerable.Range(0, 2_000).Select(_ => c.NewTask(() => { }).Run()).ToList()).Done.Count);

        var again = 0;
        for (; !busy.IsDone; again++)
        {
            scheduler.ActorRef.Tell(new SchedulerProtocol.Subscribe(subscriber.Ref), ActorRefs.NoSender);

            // Comes after all that was asked before: on a busy machine the line of requests would grow faster than it is served.
            if (again % 16 == 0)
                scheduler.Snapshot();
        }

        var events = subscriber.EventsSoFar(scheduler);
        Assert.NotEqual(0, again);
        Assert.Equal(2_000, events.OfType<SchedulerEvents.TaskStarted>().Count());
        Assert.All(events.OfType<SchedulerEvents.TaskEnded>(), ended => Assert.True(ended.HadStarted));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("dead letters")]
    [InlineData("the scheduler")]
    public void Those_who_are_nobody_cannot_subscribe(string who)
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());
        var asker = new Correspondent(_system);
        var nobody = who switch
        {
            "nobody" => ActorRefs.Nobody,
            "dead letters" => _system.DeadLetters,
            _ => scheduler.ActorRef,
        };

        foreach (var request in (object[])[new SchedulerProtocol.Subscribe(nobody), new SchedulerProtocol.Unsubscribe(nobody)])
        {
            var refused = Assert.IsType<ArgumentException>(asker.Ask<SchedulerProtocol.SubscriptionRejected>(scheduler, request).Reason);
            Assert.Contains("there is no actor behind it", refused.Message, StringComparison.Ordinal);
            scheduler.ActorRef.Tell(request, ActorRefs.NoSender);
        }

        Assert.Equal(7, scheduler.Result(_ => 7));
    }

    [Fact]
    public void A_subscription_without_sender_and_subscriber_does_nothing()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());

        scheduler.ActorRef.Tell(new SchedulerProtocol.Subscribe(), ActorRefs.NoSender);
        scheduler.ActorRef.Tell(new SchedulerProtocol.Unsubscribe(), ActorRefs.NoSender);

        Assert.Equal(7, scheduler.Result(_ => 7));
    }
}
