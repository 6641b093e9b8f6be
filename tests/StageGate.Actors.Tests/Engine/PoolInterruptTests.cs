using Akka.Actor;
using StageGate.Actors.Completions;
using StageGate.Actors.Engine.Events;
using StageGate.Actors.Tests.Protocol;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

/// <summary>
/// Found by a review: code of others had left an interrupt on a thread of the pool, it struck where an actor was to be told something, and the
/// actor, which had nothing to do with it, was told no more. Threads of the tests' own stand for the pool's, where .NET itself may die of it.
/// </summary>
[Guarantee("X7", "E4")]
public class PoolInterruptTests
{
    [Fact]
    public void No_actor_is_told_something_while_an_interrupt_of_others_is_left_on_the_thread()
    {
        using var system = Systems.New();
        using var scheduler = Scheduler.Attach(system, Schedulers.Options());
        using var gate = new Gate();
        var seen = new List<bool>();
        var actor = new TellingRef(message =>
        {
            if (message is "first")
                gate.Pass();
            else
                seen.Add(Interrupts.StrikeNow());
        });
        var relay = new Relay(new Receiver(actor), scheduler.ActorRef, Links.EngineOf(scheduler));

        // The pool is busy with the first one, so the second one is for this test alone.
        Assert.True(relay.TryPost("first"));
        gate.WaitUntilEntered();
        Assert.True(relay.TryPost("second"));
        AssertForgets(relay);

        Assert.Equal([false], seen);
    }

    /// <summary>Found by a review: it ended the process.</summary>
    [Fact]
    [Guarantee("X6")]
    public void A_reference_that_interrupts_its_thread_and_throws_is_dropped_also_where_others_hold_the_lock()
    {
        using var system = Systems.New();
        using var scheduler = Scheduler.Attach(system, Schedulers.Options());
        using var first = new Gate();
        using var held = new ManualResetEventSlim();
        Thread? carrier = null;
        var actor = new TellingRef(message =>
        {
            if (message is "first")
            {
                first.Pass();
                return;
            }

            Volatile.Write(ref carrier, Thread.CurrentThread);
            Assert.True(held.Wait(Limits.Wait));
            Thread.CurrentThread.Interrupt();
            throw new InvalidOperationException("as it was told");
        });
        var relay = new Relay(new Receiver(actor), scheduler.ActorRef, Links.EngineOf(scheduler));
        Assert.True(relay.TryPost("first"));
        first.WaitUntilEntered();
        Assert.True(relay.TryPost("second"));
        var holder = Bounded.OnOwnThread(() =>
        {
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref carrier) is not null, Limits.Wait));
            lock (Links.GateOf(relay))
            {
                held.Set();
                SpinWait.SpinUntil(() => IsWaiting(carrier!), Limits.Wait);
            }
        });

        AssertForgets(relay);
        holder.Ends();
        Assert.False(relay.TryPost("third"));
    }

    [Fact]
    public void To_complete_the_task_of_a_handle_forgets_one()
    {
        var work = new Outcome<int>();
        work.Progress.TryEnd(TaskState.Succeeded, failure: null, out _);

        AssertForgets(new CompletionTask<int>(work, () => 1));
    }

    private static bool IsWaiting(Thread thread) => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin) || !thread.IsAlive;

    private static void AssertForgets(IThreadPoolWorkItem item) => Assert.False(Bounded.OnOwnThread(() =>
    {
        Thread.CurrentThread.Interrupt();
        item.Execute();
        return Interrupts.StrikeNow();
    }).Ends());

    private sealed class TellingRef(Action<object> told) : ForeignRef
    {
        protected override void TellInternal(object message, IActorRef sender) => told(message);
    }
}
