using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

[Guarantee("K8")]
public class CloseRaceTests
{
    private const int Rounds = 20;
    private const int Submitters = 8;

    [Theory]
    [InlineData(Dispatchers.Inline, false)]
    [InlineData(Dispatchers.Inline, true)]
    [InlineData(Dispatchers.Pinned, false)]
    [InlineData(Dispatchers.Pinned, true)]
    public void Every_pipeline_of_a_burst_is_either_refused_or_ends_before_Close_returns(string dispatcher, bool cancelPending)
    {
        for (var round = 0; round < Rounds; round++)
        {
            using var scheduler = new Scheduler(Schedulers.Options(pipelines: 2, tasks: 2).On(dispatcher));
            // Never disposed: the last to signal may still be inside when the waiter has gone on.
            var burst = new CountdownEvent(Submitters * 5);
            var submitters = Bounded.OnOwnThreads(Submitters, _ => SubmitUntilRefused(scheduler, burst));
            Assert.True(burst.Wait(Limits.Wait));

            Bounded.OnOwnThread(() => scheduler.Close(cancelPending)).Ends();

            // A submission that was accepted is in the snapshot that Close left, although its caller may not have got the handle yet.
            var counts = scheduler.Snapshot().Pipelines;
            var accepted = submitters.End().SelectMany(handles => handles).ToArray();
            Assert.All(accepted, handle => Assert.True(handle.IsDone));
            Assert.Equal(accepted.Length, counts.Total);
            Assert.Equal(accepted.Count(handle => handle.State == PipelineState.Succeeded), counts.Succeeded);
            Assert.Equal(accepted.Count(handle => handle.State == PipelineState.Canceled), counts.Canceled);
            Assert.Equal(accepted.Length, counts.Succeeded + (cancelPending ? counts.Canceled : 0));
            Assert.Equal(accepted.Length, accepted.Select(handle => handle.Id).Distinct().Count());
        }
    }

    private static List<PipelineHandle<int>> SubmitUntilRefused(Scheduler scheduler, CountdownEvent burst)
    {
        var accepted = new List<PipelineHandle<int>>();
        while (true)
        {
            try
            {
                accepted.Add(scheduler.Run(controls => controls.NewTask(() => 1).Run().GetResult(Limits.Wait)));
                TrySignal(burst);

                // Keeps the backlog short, and the test with it.
                if (accepted.Count % 16 == 0)
                    accepted[^1].Completion.EndsSomehow();
            }
            catch (InvalidOperationException refused)
            {
                Assert.IsNotType<SchedulerTerminatedException>(refused);
                return accepted;
            }
        }
    }

    private static void TrySignal(CountdownEvent burst)
    {
        try
        {
            if (!burst.IsSet)
                burst.Signal();
        }
        catch (InvalidOperationException)
        {
            // Another thread has signaled the last one.
        }
    }
}
