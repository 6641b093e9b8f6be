using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;
using StageGate.Actors.Configuration;
using StageGate.Actors.Engine;
using StageGate.Actors.Engine.Dispatch;
using StageGate.Actors.Tests.Protocol;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

/// <summary>The thread of one actor.</summary>
public class DedicatedThreadTests
{
    [Fact]
    [Guarantee("X6", "X7")]
    public void What_throws_on_it_costs_neither_the_thread_nor_the_process()
    {
        using var gate = new Gate();
        var thread = new DedicatedThread(() => "tested");
        Thread? first = null;
        Thread? second = null;

        thread.Execute(new ActionRunnable(() =>
        {
            first = Thread.CurrentThread;
            throw new FormatException("boom");
        }));
        thread.Execute(new ActionRunnable(() =>
        {
            second = Thread.CurrentThread;
            gate.Pass();
        }));
        gate.WaitUntilEntered();
        gate.Open();
        thread.Complete();
        Bounded.OnOwnThread(thread.Join).Ends();

        Assert.NotNull(first);
        Assert.Same(first, second);
    }

    [Fact]
    [Guarantee("X6")]
    public void It_ends_with_its_actor_also_where_a_listener_throws_that_hears_of_what_the_actor_had_not_read()
    {
        using var system = Systems.New();
        StageGateExtension.Of(system);
        using var gate = new Gate();
        var actor = system.ActorOf(Props.Create(() => new Gated(gate)).WithDispatcher(StageGateConfig.WorkerDispatcher));
        actor.Tell("read");
        gate.WaitUntilEntered();
        var listener = new ThrowingRef();
        system.EventStream.Subscribe(listener, typeof(DeadLetter));
        actor.Tell("never read");
        ((IInternalActorRef)actor).Stop();

        gate.Open();

        Assert.True(Gated.Thread!.Join(Limits.Wait));
        Assert.Equal(1, listener.Told);
    }

    private sealed class Gated(Gate gate) : UntypedActor
    {
        public static Thread? Thread { get; private set; }

        protected override void OnReceive(object message)
        {
            Thread = Thread.CurrentThread;
            gate.Pass();
        }
    }
}
