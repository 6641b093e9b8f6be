using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Linearizability;

/// <summary>
/// Pipelines come in until the very moment at which the door closes. Those that the scheduler has not looked at by then stand in the inbox,
/// and what is done to all that has not begun is done to them too.
/// </summary>
[Guarantee("K1", "K2", "T4", "S4")]
public class ClosingDoorTests
{
    private const int Submitters = 3;

    /// <summary>Enough for as long as it takes to close the door, and no flood on a machine that is slow to close it.</summary>
    private const int Most = 2_000;

    private static readonly Dictionary<string, Action<Scheduler>> s_ways = new()
    {
        ["a shutdown that cancels"] = scheduler => scheduler.Shutdown(cancelPendingPipelines: true),
        ["a request that all end"] = scheduler => scheduler.RequestTermination(),
    };

    public static TheoryData<string, string> Each => Dispatchers.Each(s_ways.Keys);

    [Theory]
    [MemberData(nameof(Each))]
    public void What_came_in_just_before_the_door_closed_is_canceled_with_all_the_others(string way, string dispatcher)
    {
        using var system = Systems.New();
        for (var round = 0; round < 5; round++)
        {
            using var scheduler = Scheduler.Attach(system, Schedulers.Options().On(dispatcher));
            using var place = new Gate();
            var running = scheduler.Run(_ =>
            {
                place.Pass();
                return 1;
            });
            place.WaitUntilEntered();
            // Never disposed: the last to signal may still be inside when the waiter has gone on.
            var begun = new CountdownEvent(Submitters);
            var submitters = Bounded.OnOwnThreads(Submitters, _ => SubmitUntilRefused(scheduler, begun));
            Assert.True(begun.Wait(Limits.Wait));

            s_ways[way](scheduler);

            var accepted = submitters.End().SelectMany(pipelines => pipelines).ToList();
            Assert.DoesNotContain(accepted, pipeline => pipeline.State != PipelineState.Canceled);
            Assert.Equal(new PipelineCounts(0, 1, 0, 0, accepted.Count), scheduler.Snapshot().Pipelines);
            place.Open();
            Assert.Equal(1, running.GetResult(Limits.Wait));
        }
    }

    private static List<PipelineHandle> SubmitUntilRefused(Scheduler scheduler, CountdownEvent begun)
    {
        var accepted = new List<PipelineHandle>();
        try
        {
            for (var i = 0; i < Most; i++)
            {
                accepted.Add(scheduler.Run(_ => 1));
                if (i == 0)
                    begun.Signal();
            }
        }
        catch (InvalidOperationException)
        {
            // The door has closed.
        }

        return accepted;
    }
}
