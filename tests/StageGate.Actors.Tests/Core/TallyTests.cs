using StageGate.Actors.Core;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Core;

public class TallyTests
{
    [Fact]
    public void Tasks_are_counted_in_the_state_they_are_in_and_running_ones_as_told()
    {
        var tally = new TaskTally();
        for (var i = 0; i < 15; i++)
            tally.Move(null, TaskState.Queued);
        for (var i = 0; i < 12; i++)
            tally.Move(TaskState.Queued, TaskState.Ready);
        Assert.Equal(15, tally.Live);

        tally.Move(TaskState.Ready, TaskState.Succeeded);
        for (var i = 0; i < 2; i++)
            tally.Move(TaskState.Ready, TaskState.Failed);
        for (var i = 0; i < 3; i++)
            tally.Move(TaskState.Ready, TaskState.Terminated);
        for (var i = 0; i < 2; i++)
            tally.Move(TaskState.Queued, TaskState.Canceled);
        for (var i = 0; i < 2; i++)
            tally.Move(TaskState.Ready, TaskState.Canceled);

        Assert.Equal(5, tally.Live);
        var counts = tally.Counts(running: 3);
        Assert.Equal(new TaskCounts(Queued: 1, Admitted: 4, Running: 3, Succeeded: 1, Failed: 2, Terminated: 3, Canceled: 4), counts);
        Assert.Equal(15, counts.Total);
    }

    /// <summary>Whether a pipeline is open is read off it by other threads. Where the order of the steps is wrong, most runs of this see it.</summary>
    [Fact]
    [Guarantee("K5")]
    public void A_task_that_goes_on_is_never_seen_to_be_nowhere()
    {
        var tallies = Enumerable.Range(0, 200_000).Select(_ => new TaskTally()).ToArray();
        foreach (var tally in tallies)
            tally.Move(null, TaskState.Queued);
        var current = 0;
        var reading = Bounded.OnOwnThread(() =>
        {
            int i;
            while ((i = Volatile.Read(ref current)) < tallies.Length)
            {
                if (tallies[i].Live == 0)
                    return false;
            }

            return true;
        });

        for (; current < tallies.Length; Volatile.Write(ref current, current + 1))
            tallies[current].Move(TaskState.Queued, TaskState.Ready);

        Assert.True(reading.Ends());
    }

    [Fact]
    public void Pipelines_are_counted_in_the_state_they_are_in()
    {
        var tally = new PipelineTally();
        for (var i = 0; i < 13; i++)
            tally.Move(null, PipelineState.Queued);
        for (var i = 0; i < 7; i++)
            tally.Move(PipelineState.Queued, PipelineState.Running);
        Assert.Equal(13, tally.Live);

        tally.Move(PipelineState.Running, PipelineState.Succeeded);
        for (var i = 0; i < 2; i++)
            tally.Move(PipelineState.Running, PipelineState.Failed);
        for (var i = 0; i < 3; i++)
            tally.Move(PipelineState.Queued, PipelineState.Canceled);

        Assert.Equal(7, tally.Live);
        Assert.Equal(new PipelineCounts(Queued: 3, Running: 4, Succeeded: 1, Failed: 2, Canceled: 3), tally.Counts());
        Assert.Equal(13, tally.Counts().Total);
    }
}
