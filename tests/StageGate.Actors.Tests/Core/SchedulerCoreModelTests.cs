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
        string[] states = [.. Enum.GetNames<TaskState>(), .. Enum.GetNames<PipelineState>()];
        var missing = new HashSet<string>(
            [.. states, "blocked by resources", "blocked by slots", "late stage", "shutdown with work", "drained"]);

        // The same seeds every time, so that what they come to is the same too.
        for (var seed = 1UL; seed <= 200 && missing.Count > 0; seed++)
        {
            var history = History.Any.Generate(new PCG(stream: 1, seed), min: null, out _);
            var run = new HistoryRun(history);
            foreach (var step in history.Steps)
            {
                run.Take(step);
                Note(run.Model);
            }
        }

        Assert.Empty(missing);

        void Note(SchedulerModel model)
        {
            missing.ExceptWith(model.Tasks.Select(task => task.State.ToString()));
            missing.ExceptWith(model.Pipelines.Select(pipeline => pipeline.State.ToString()));
            if (model.Waiting.Any())
                missing.Remove(model.HasFreeWorker ? "blocked by resources" : "blocked by slots");
            if (model.Tasks.Any(task => task.Stage > 2))
                missing.Remove("late stage");
            if (model.ShutdownStarted)
                missing.Remove(model.IsDrained ? "drained" : "shutdown with work");
        }
    }
}
