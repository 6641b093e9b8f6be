using CsCheck;
using StageGate.Actors.Tests.Core.Model;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Core;

public class SchedulerCoreModelTests
{
    [Fact]
    [Guarantee("S1", "A1", "A2", "A3", "A4", "L1", "L4", "L5")]
    public void Whatever_happens_it_decides_and_counts_as_the_model_does_and_drains_once()
    {
        History.Any.Sample(history => new HistoryRun(history).ToTheEnd(), iter: 1_000, print: history => history.ToString());
    }

    [Fact]
    [Guarantee("D1")]
    public void Abandoned_at_any_moment_it_fails_all_that_is_open_and_nothing_starts_any_more()
    {
        Gen.Select(History.Any, Gen.Int[0, 150]).Sample(
            (history, moment) => new HistoryRun(history).AbandonedBefore(moment),
            iter: 200,
            print: sample => $"abandoned at {sample.Item2}: {sample.Item1}");
    }

    [Fact]
    public void The_histories_come_to_all_that_a_scheduler_can_go_through()
    {
        var seen = new HashSet<string>();
        History.Any.Sample(
            history =>
            {
                var run = new HistoryRun(history);
                foreach (var step in history.Steps)
                {
                    run.Take(step);
                    Note(run.Model);
                }
            },
            iter: 200,
            threads: 1);

        string[] states = [.. Enum.GetNames<TaskState>(), .. Enum.GetNames<PipelineState>()];
        string[] expected =
            [.. states.Distinct(), "blocked by resources", "blocked by slots", "late stage", "shutdown with work", "drained"];
        Assert.Empty(expected.Except(seen));

        void Note(SchedulerModel model)
        {
            seen.UnionWith(model.Tasks.Select(task => task.State.ToString()));
            seen.UnionWith(model.Pipelines.Select(pipeline => pipeline.State.ToString()));
            if (model.Waiting.Any())
                seen.Add(model.HasFreeWorker ? "blocked by resources" : "blocked by slots");
            if (model.Tasks.Any(task => task.Stage > 2))
                seen.Add("late stage");
            if (model.ShutdownStarted)
                seen.Add(model.IsDrained ? "drained" : "shutdown with work");
        }
    }
}
