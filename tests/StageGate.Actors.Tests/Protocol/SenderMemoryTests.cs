using System.Runtime.CompilerServices;
using Akka.Actor;
using StageGate.Actors.Tests.Support;
using static StageGate.Actors.SchedulerProtocol;

namespace StageGate.Actors.Tests.Protocol;

/// <summary>A sender that dies, or gives up asking, leaves nothing behind in a scheduler that lives on.</summary>
[Collection(WholeProcess.Name)]
public sealed class SenderMemoryTests : IDisposable
{
    private readonly ActorSystem _system = Systems.New();

    public static TheoryData<string> Each => [Dispatchers.Inline, Dispatchers.Pinned];

    public void Dispose() => _system.Terminate().EndsSomehow();

    [Theory]
    [MemberData(nameof(Each))]
    public void Those_who_ask_for_the_close_and_give_up_do_not_pile_up(string dispatcher)
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options().On(dispatcher));
        using var gate = new Gate();
        scheduler.Run(controls => controls.NewTask(gate.Pass).Run());
        gate.WaitUntilEntered();
        var spy = new Spy(scheduler.ActorRef);

        AskInVain(spy);

        AssertCollected(scheduler, spy.Senders);
        Assert.Equal(100, spy.Senders.Count);
        Assert.False(scheduler.IsClosed);
    }

    [Theory]
    [InlineData("close")]
    [InlineData("subscribe")]
    [InlineData("submit")]
    [InlineData("snapshot")]
    public void A_sender_that_dies_is_let_go(string what)
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options(pipelines: 2));
        using var gate = new Gate();
        scheduler.Run(controls => controls.NewTask(gate.Pass).Run().GetException(Limits.Wait));
        gate.WaitUntilEntered();
        var kept = new List<PipelineHandle>();

        var trace = SendAndDie(scheduler, what, kept);

        AssertCollected(scheduler, [trace]);
        Assert.All(kept, handle => Assert.Equal(PipelineState.Succeeded, handle.State));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference SendAndDie(Scheduler scheduler, string what, List<PipelineHandle> kept)
    {
        var sender = new Correspondent(_system);
        switch (what)
        {
            case "close":
                sender.Tell(scheduler, new CloseScheduler());
                break;
            case "subscribe":
                sender.Subscribe(scheduler);
                break;
            case "submit":
                kept.Add(sender.Ask<PipelineAccepted>(scheduler, new SubmitPipeline(new ScriptedPipeline<int>(_ => 1))).Handle);
                sender.Next<PipelineEnded>();
                break;
            default:
                sender.Ask<SchedulerSnapshot>(scheduler, GetSnapshot.Instance);
                break;
        }

        sender.Ref.GracefulStop(Limits.Wait).Ends();
        return new WeakReference(sender.Ref);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AskInVain(Spy spy)
    {
        for (var i = 0; i < 100; i++)
            spy.Ask<SchedulerClosed>(new CloseScheduler(), TimeSpan.FromMilliseconds(1)).EndsSomehow();
    }

    /// <summary>An actor of Akka's keeps the sender of its latest message, so there is to be a later one.</summary>
    private static void AssertCollected(Scheduler scheduler, IEnumerable<WeakReference> traces) => Assert.True(
        SpinWait.SpinUntil(
            () =>
            {
                scheduler.Snapshot();
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return !traces.Any(trace => trace.IsAlive);
            },
            TimeSpan.FromSeconds(10)),
        $"{traces.Count(trace => trace.IsAlive)} are still alive.");

    /// <summary>Passes everything on, and remembers the senders without holding them.</summary>
    private sealed class Spy(IActorRef target) : MinimalActorRef
    {
        public List<WeakReference> Senders { get; } = [];

        public override ActorPath Path => target.Path;

        public override IActorRefProvider Provider => ((IInternalActorRef)target).Provider;

        protected override void TellInternal(object message, IActorRef sender)
        {
            Senders.Add(new WeakReference(sender));
            target.Tell(message, sender);
        }
    }
}
