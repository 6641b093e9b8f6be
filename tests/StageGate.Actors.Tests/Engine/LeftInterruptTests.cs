using StageGate.Actors.Tests.Support;
using StageGate.Actors.Work;

namespace StageGate.Actors.Tests.Engine;

/// <summary>The clearing of interrupts alone: which wait does it, and that it is done on each thread.</summary>
public class LeftInterruptTests
{
    [Fact]
    public void An_interrupt_that_is_forgotten_strikes_at_no_later_wait() =>
        Bounded.OnOwnThreads(4, _ =>
        {
            for (var i = 0; i < 100; i++)
            {
                Thread.CurrentThread.Interrupt();
                LeftInterrupt.Forget();
                Assert.False(Interrupts.StrikeNow());
            }

            return true;
        }).End();

    [Fact]
    public void One_that_is_put_off_strikes_afterwards_and_none_is_made_up() =>
        Bounded.OnOwnThread(() =>
        {
            Thread.CurrentThread.Interrupt();
            using (LeftInterrupt.PutOff())
                Assert.False(Interrupts.StrikeNow());
            Assert.True(Interrupts.StrikeNow());

            using (LeftInterrupt.PutOff())
                Assert.False(Interrupts.StrikeNow());
            Assert.False(Interrupts.StrikeNow());
        }).Ends();

    [Fact]
    public void Where_it_is_certain_that_there_is_none_nobody_looks() =>
        Bounded.OnOwnThread(() =>
        {
            LeftInterrupt.IsForgotten = true;
            Thread.CurrentThread.Interrupt();
            using (LeftInterrupt.PutOff())
                Assert.True(Interrupts.StrikeNow());
            LeftInterrupt.IsForgotten = false;

            Thread.CurrentThread.Interrupt();
            using (LeftInterrupt.PutOff())
                Assert.False(Interrupts.StrikeNow());
            Assert.True(Interrupts.StrikeNow());
        }).Ends();

    [Fact]
    public void A_step_that_is_interrupted_is_taken_again_and_the_interrupt_is_back_afterwards() =>
        Bounded.OnOwnThread(() =>
        {
            var taken = 0;
            Thread.CurrentThread.Interrupt();
            LeftInterrupt.Outlast(state: 7, _ =>
            {
                taken++;
                using var nothing = new ManualResetEvent(false);
                nothing.WaitOne(0);
            });
            Assert.Equal(2, taken);
            Assert.True(Interrupts.StrikeNow());

            LeftInterrupt.Outlast(state: 7, step => taken += step);
            Assert.Equal(9, taken);
            Assert.False(Interrupts.StrikeNow());
            Assert.Throws<FormatException>(() => LeftInterrupt.Outlast(state: 7, _ => throw new FormatException()));
        }).Ends();

    [Fact]
    public void Without_an_interrupt_nothing_is_thrown() => Bounded.OnOwnThread(LeftInterrupt.Forget).Ends();

    [Fact]
    public void A_wait_that_notices_an_interrupt_is_told_from_those_that_do_not() =>
        Bounded.OnOwnThread(() =>
        {
            using var aware = new ManualResetEvent(false);
            Assert.True(LeftInterrupt.IsClearedBy(aware));
            Assert.False(Interrupts.StrikeNow());

            Assert.False(LeftInterrupt.IsClearedBy(new Unaware()));
            Assert.True(Interrupts.StrikeNow());
            Assert.False(LeftInterrupt.IsClearedBy(new Broken()));
            LeftInterrupt.Forget();
            Assert.False(LeftInterrupt.IsClearedBy(new OnlyForInterrupts()));
            Assert.False(Interrupts.StrikeNow());
        }).Ends();

    private sealed class Unaware : WaitHandle
    {
        public override bool WaitOne(int millisecondsTimeout) => true;
    }

    private sealed class Broken : WaitHandle
    {
        public override bool WaitOne(int millisecondsTimeout) => throw new ArgumentException("Not the handle of anything.");
    }

    private sealed class OnlyForInterrupts : WaitHandle
    {
        public override bool WaitOne(int millisecondsTimeout) =>
            Interrupts.StrikeNow() ? throw new ThreadInterruptedException() : throw new ArgumentException("Not the handle of anything.");
    }
}
