using Akka;
using Akka.Actor;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

/// <summary>Closing an attached scheduler while its system goes down, and what attaching leaves alone.</summary>
public sealed class AttachShutdownTests : IDisposable
{
    private readonly ActorSystem _system = Systems.New();

    public void Dispose() => _system.Terminate().EndsSomehow();

    [Fact]
    [Guarantee("K9")]
    public void Attaching_working_and_closing_do_not_load_coordinated_shutdown()
    {
        Assert.False(_system.HasExtension<CoordinatedShutdown>());

        var scheduler = Scheduler.Attach(_system, Schedulers.Options());
        Assert.Equal(7, scheduler.Result(controls => controls.NewTask(() => 7).Run().GetResult(Limits.Wait)));
        Bounded.OnOwnThread(() => scheduler.Close()).Ends();

        Assert.False(_system.HasExtension<CoordinatedShutdown>());
    }

    [Fact]
    public void A_task_of_coordinated_shutdown_can_close_it_and_the_work_is_done_first()
    {
        using var gate = new Gate();
        var scheduler = Scheduler.Attach(_system, Schedulers.Options());
        var running = scheduler.Run(controls => controls.NewTask(gate.Pass).Run());
        var pending = scheduler.Run(_ => 7);
        gate.WaitUntilEntered();
        CoordinatedShutdown.Get(_system).AddTask(CoordinatedShutdown.PhaseServiceRequestsDone, "close", async () =>
        {
            await scheduler.CloseAsync();
            return Done.Instance;
        });

        var down = CoordinatedShutdown.Get(_system).Run(CoordinatedShutdown.ClrExitReason.Instance);
        Assert.True(SpinWait.SpinUntil(() => scheduler.ShutdownStarted, Limits.Wait));
        gate.Open();

        down.EndsSomehow();
        running.GetResult(Limits.Wait);
        Assert.Equal(7, pending.GetResult(TimeSpan.Zero));
        Assert.Equal(new PipelineCounts(0, 0, 2, 0, 0), scheduler.Snapshot().Pipelines);
    }

    [Fact]
    [Guarantee("K4")]
    public void Many_threads_can_close_it_while_the_system_terminates()
    {
        for (var round = 0; round < 20; round++)
        {
            var system = Systems.New();
            using var gate = new Gate();
            var scheduler = Scheduler.Attach(system, Schedulers.Options(2, 2));
            var handles = Enumerable.Range(0, 10).Select(_ => scheduler.Run(controls => controls.NewTask(() => 1).Run().GetResult())).ToList();

            var closers = Bounded.OnOwnThreads(6, i =>
            {
                if (i == 0)
                    system.Terminate().EndsSomehow();
                else if (i % 2 == 0)
                    scheduler.Close();
                else
                    scheduler.CloseAsync().Ends();
                return true;
            });

            closers.End();
            Assert.All(handles, handle => Assert.True(handle.IsDone));
            Assert.True(scheduler.IsClosed);
        }
    }
}
