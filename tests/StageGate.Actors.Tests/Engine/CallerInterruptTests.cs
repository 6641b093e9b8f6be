using Akka.Actor;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

/// <summary>
/// A thread with an interrupt that waits for it calls the scheduler. What it asks for is done and told as ever, and the interrupt is there
/// afterwards. Where one struck, it did so only now and then, so each is done many times.
/// </summary>
[Guarantee("X7")]
public sealed class CallerInterruptTests : IDisposable
{
    private const int Times = 40;

    private readonly ActorSystem _system = Systems.New();

    public static TheoryData<string> Each => [Dispatchers.Inline, Dispatchers.Pinned];

    public void Dispose() => _system.Terminate().EndsSomehow();

    [Theory]
    [MemberData(nameof(Each))]
    public void To_attach_a_scheduler_leaves_none_behind(string dispatcher)
    {
        for (var i = 0; i < Times; i++)
        {
            Interrupted(() => Scheduler.Attach(_system, Schedulers.Options().On(dispatcher), "guest")).Close();
            Assert.False(_system.Has("guest"));
        }
    }

    [Fact]
    public void To_make_a_scheduler_with_a_system_of_its_own_is_not_broken_off()
    {
        for (var i = 0; i < Times / 4; i++)
        {
            using var scheduler = Interrupted(() => Schedulers.New());
            Assert.Equal(7, scheduler.Result(_ => 7));
        }
    }

    [Theory]
    [MemberData(nameof(Each))]
    [Guarantee("C3")]
    public void What_is_canceled_is_said_to_be(string dispatcher)
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options().On(dispatcher));
        using var gate = new Gate();
        scheduler.Result(c =>
        {
            var busy = c.NewTask(() => Nested.Pass(gate)).Run();
            for (var i = 0; i < Times; i++)
            {
                foreach (var queued in (WorkHandle[])[c.NewTask(() => 1).Run(), scheduler.Run(_ => 1)])
                {
                    Assert.True(Interrupted(queued.Cancel));
                    Assert.True(queued.IsCanceled);
                }
            }

            gate.Open();
            return busy.GetResult(Limits.Wait);
        });
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void To_look_and_to_shut_down_is_not_broken_off(string dispatcher)
    {
        for (var i = 0; i < Times; i++)
        {
            using var scheduler = Scheduler.Attach(_system, Schedulers.Options().On(dispatcher));
            var ended = scheduler.Run(_ => 1);
            ended.GetResult(Limits.Wait);
            Assert.Equal(1, Interrupted(scheduler.Snapshot).Pipelines.Succeeded);
            Assert.Equal(PipelineState.Succeeded, Interrupted(ended.Snapshot).State);
            Assert.True(Interrupted(() =>
            {
                scheduler.RequestTermination();
                return scheduler.ShutdownStarted;
            }));
            Interrupted(() =>
            {
                scheduler.Shutdown(cancelPendingPipelines: true);
                return true;
            });
        }
    }

    /// <summary>Makes the call on a thread that has an interrupt before it, and has it still afterwards.</summary>
    private static T Interrupted<T>(Func<T> call)
    {
        var (result, isThere) = Bounded.OnOwnThread(() =>
        {
            Thread.CurrentThread.Interrupt();
            return (call(), Interrupts.StrikeNow());
        }).Ends();
        Assert.True(isThere);
        return result;
    }
}
