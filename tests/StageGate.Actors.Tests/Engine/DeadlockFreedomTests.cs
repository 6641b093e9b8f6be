using Akka.Actor;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

[Guarantee("B3")]
public class DeadlockFreedomTests
{
    public static TheoryData<string> Each => [Dispatchers.Inline, Dispatchers.Pinned];

    [Theory]
    [MemberData(nameof(Each))]
    public void The_facade_can_be_called_from_an_actors_handler(string dispatcher)
    {
        using var system = Systems.New();
        using var scheduler = Scheduler.Attach(system, Options(dispatcher));
        var actor = system.ActorOf(Props.Create(() => new Caller()));

        Ask(actor, () => UseAll(scheduler));
        Ask(actor, () => scheduler.Shutdown());
        Ask(actor, () => scheduler.Close());

        Assert.True(scheduler.IsClosed);
        system.Terminate().EndsSomehow();
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void The_facade_can_be_called_from_a_Run_of_the_same_scheduler(string dispatcher)
    {
        using var scheduler = new Scheduler(Options(dispatcher));

        scheduler.Result(_ => Do(() => UseAll(scheduler)));
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void The_facade_can_be_called_from_a_task_of_the_same_scheduler(string dispatcher)
    {
        using var scheduler = new Scheduler(Options(dispatcher));

        scheduler.Result(controls => Do(() => controls.NewTask(() => UseAll(scheduler)).Run().GetResult(Limits.Wait)));
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void Nothing_is_posted_to_the_callers_synchronization_context(string dispatcher)
    {
        var context = new LoneContext();
        Bounded.OnOwnThread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(context);
            var scheduler = new Scheduler(Options(dispatcher));
            UseAll(scheduler);

            using var gate = new Gate();
            var blocked = scheduler.Run(_ => Do(gate.Pass));
            var all = scheduler.WaitPipelinesAsync([blocked]);
            var early = scheduler.WaitPipelinesAsync([blocked], TimeSpan.FromMilliseconds(1));
            var completion = blocked.Completion;
            var closing = scheduler.CloseAsync();
            early.Ends();
            gate.Open();
            all.Ends();
            completion.Ends();
            closing.Ends();
            Assert.Same(context, SynchronizationContext.Current);

            var another = new Scheduler(Options(dispatcher));
            another.Shutdown();
            another.Close();
            new Scheduler(Options(dispatcher)).DisposeAsync().AsTask().Ends();
        }).Ends();

        Assert.Equal(0, context.Posts);
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void Attaching_and_closing_under_a_synchronization_context_posts_nothing_to_it_either(string dispatcher)
    {
        using var system = Systems.New();
        var context = new LoneContext();
        Bounded.OnOwnThread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(context);
            Scheduler.Attach(system, Options(dispatcher), "one").Close();
            Scheduler.Attach(system, Options(dispatcher), "one").CloseAsync().Ends();
        }).Ends();

        Assert.Equal(0, context.Posts);
        system.Terminate().EndsSomehow();
    }

    private static SchedulerOptions Options(string dispatcher) =>
        Schedulers.Options(pipelines: 3, tasks: 3, ("lock", 1)).On(dispatcher);

    private static void UseAll(Scheduler scheduler)
    {
        FacadeCalls.AllBlockingOnes(scheduler);
        FacadeCalls.AsksAboutOpenWork(scheduler);
    }

    private static bool Do(Action code)
    {
        code();
        return true;
    }

    private static void Ask(IActorRef actor, Action code)
    {
        var thrown = actor.Ask<string>(code, Limits.Wait).Ends();
        Assert.Equal("", thrown);
    }

    private sealed class Caller : ReceiveActor
    {
        public Caller() => Receive<Action>(code => Sender.Tell(Record.Exception(code)?.ToString() ?? ""));
    }
}
