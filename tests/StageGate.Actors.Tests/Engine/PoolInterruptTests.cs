using StageGate.Actors.Completions;
using StageGate.Actors.Engine.Events;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

/// <summary>
/// Found by a review: code of others had left an interrupt on a thread of the pool, it struck where an actor was to be told something, and the
/// actor, which had nothing to do with it, was told no more. A lock must be fought for just then, so what is looked at is that none is there
/// any more; threads of the tests' own stand for the pool's, where .NET itself may die of it.
/// </summary>
[Guarantee("X7", "E4")]
public class PoolInterruptTests
{
    [Fact]
    public void To_tell_an_actor_something_forgets_what_others_have_left_on_the_thread()
    {
        using var system = Systems.New();
        using var scheduler = Scheduler.Attach(system, Schedulers.Options());
        var actor = new Correspondent(system);

        AssertForgets(new Relay(new Receiver(actor.Ref), scheduler.ActorRef, Links.EngineOf(scheduler)));
    }

    [Fact]
    public void To_complete_the_task_of_a_handle_does_as_well()
    {
        var work = new Outcome<int>();
        work.Progress.TryEnd(TaskState.Succeeded, failure: null, out _);

        AssertForgets(new CompletionTask<int>(work, () => 1));
    }

    private static void AssertForgets(IThreadPoolWorkItem item) => Assert.False(Bounded.OnOwnThread(() =>
    {
        Thread.CurrentThread.Interrupt();
        item.Execute();
        return Interrupts.StrikeNow();
    }).Ends());
}
