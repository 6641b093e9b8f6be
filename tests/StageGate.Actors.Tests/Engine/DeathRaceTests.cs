using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

public class DeathRaceTests
{
    private const int Submitters = 8;

    public static TheoryData<string, string> Cases => Deaths.OnEachDispatcher;

    [Theory]
    [MemberData(nameof(Cases))]
    [Guarantee("D3")]
    public void Whatever_was_accepted_while_the_engine_died_ends(string death, string dispatcher)
    {
        for (var round = 0; round < 10; round++)
        {
            using var system = Systems.New();
            var options = Schedulers.Options(pipelines: 2, tasks: 2).On(dispatcher);
            var scheduler = Scheduler.Attach(system, options, Systems.SchedulerName);
            using var begun = new SemaphoreSlim(0);
            var submitters = Bounded.OnOwnThreads(Submitters, _ => SubmitUntilRefused(scheduler, begun));
            for (var i = 0; i < Submitters * (round + 1); i++)
                Assert.True(begun.Wait(Limits.Wait));

            system.Die(death);

            foreach (var handle in submitters.End().SelectMany(handles => handles))
                Assert.True(handle.GetException(Limits.Wait) is null or SchedulerTerminatedException);
            Bounded.OnOwnThread(() => scheduler.Close()).Ends();
            system.Terminate().EndsSomehow();
        }
    }

    [Theory]
    [InlineData(Dispatchers.Inline)]
    [InlineData(Dispatchers.Pinned)]
    [Guarantee("D7")]
    public void Attaching_to_a_system_that_is_being_terminated_either_fails_or_gives_a_scheduler_that_dies(string dispatcher)
    {
        for (var round = 0; round < 30; round++)
        {
            using var system = Systems.New();
            using var together = new Barrier(2);
            var attaching = Bounded.OnOwnThread(() =>
            {
                Assert.True(together.SignalAndWait(Limits.Wait));
                return Scheduler.Attach(system, Schedulers.Options().On(dispatcher));
            });
            Assert.True(together.SignalAndWait(Limits.Wait));
            var terminated = system.Terminate();

            attaching.EndsSomehow();
            terminated.EndsSomehow();
            if (attaching.IsFaulted)
                Assert.IsAssignableFrom<InvalidOperationException>(attaching.Exception.InnerException);
            else
                Assert.Throws<SchedulerTerminatedException>(() => attaching.Result.Run(_ => 1));
        }
    }

    private static List<PipelineHandle<int>> SubmitUntilRefused(Scheduler scheduler, SemaphoreSlim begun)
    {
        var accepted = new List<PipelineHandle<int>>();
        try
        {
            while (true)
            {
                accepted.Add(scheduler.Run(controls => controls.NewTask(() => 1).Run().GetResult(Limits.Wait)));
                begun.Release();

                // Keeps the backlog short, and the test with it.
                if (accepted.Count % 16 == 0)
                    accepted[^1].Completion.EndsSomehow();
            }
        }
        catch (InvalidOperationException)
        {
            return accepted;
        }
    }
}
