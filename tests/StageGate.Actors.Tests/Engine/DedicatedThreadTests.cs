using Akka.Dispatch;
using StageGate.Actors.Engine.Dispatch;
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
}
