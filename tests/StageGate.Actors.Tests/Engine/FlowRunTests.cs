using StageGate.Actors.Tests.Support;
using StageGate.Actors.Work;

namespace StageGate.Actors.Tests.Engine;

/// <summary>The end of a <c>RunAsync()</c> whose flow has forked.</summary>
public class FlowRunTests
{
    private readonly FlowRun _run = new(new PipelineWork(1, name: null, new AsyncScript<int>((_, _) => Task.FromResult(1)), engine: null!, context: null));

    [Fact]
    [Guarantee("U5", "V6")]
    public void It_waits_for_the_control_call_in_progress_and_refuses_all_that_come_meanwhile()
    {
        var call = _run.Enter("first");
        var end = Bounded.OnOwnThread(() =>
        {
            _run.End();
            return true;
        });
        Assert.True(SpinWait.SpinUntil(() => IsAfterTheEnd(), Limits.Wait));
        Assert.False(end.IsCompleted);

        call.Dispose();
        Assert.True(end.Ends());
        Assert.True(IsAfterTheEnd());
    }

    [Fact]
    [Guarantee("U4")]
    public void It_does_not_wait_for_a_wait()
    {
        using var wait = _run.EnterWait("wait");

        Bounded.OnOwnThread(_run.End).Ends();

        Assert.True(IsAfterTheEnd());
    }

    [Fact]
    [Guarantee("X7")]
    public void An_interrupt_that_waits_for_the_thread_does_not_strike_there_and_is_not_lost()
    {
        var call = _run.Enter("first");
        var isThere = Bounded.OnOwnThread(() =>
        {
            Thread.CurrentThread.Interrupt();
            _run.End();
            return Interrupts.StrikeNow();
        });

        // Long enough for a SpinWait to sleep.
        Assert.True(SpinWait.SpinUntil(() => IsAfterTheEnd(), Limits.Wait));
        for (var i = 0; i < 200; i++)
            Thread.Yield();
        Assert.False(isThere.IsCompleted);
        call.Dispose();
        Assert.True(isThere.Ends());
    }

    private bool IsAfterTheEnd() =>
        Record.Exception(() => _run.Enter("late").Dispose())?.Message.StartsWith("late was called after the RunAsync()", StringComparison.Ordinal) == true;
}
