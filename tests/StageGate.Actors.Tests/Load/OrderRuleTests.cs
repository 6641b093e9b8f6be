using StageGate.Actors.Tests.Support;
using static StageGate.Actors.SchedulerEvents;

namespace StageGate.Actors.Tests.Load;

/// <summary>The rule of <see cref="ManyTasks"/> can fail: histories that no scheduler may tell.</summary>
[Guarantee("S1", "A1", "A2", "A4", "L1")]
public class OrderRuleTests
{
    private readonly OrderRule _rule = new(new Dictionary<string, decimal> { ["cpu"] = 2 }, workers: 2);

    [Fact]
    public void A_history_in_order_breaks_nothing()
    {
        Tell(Started(1), Started(3), Queued(1, 1, 0), Queued(1, 2, 1), Queued(3, 3, 1), Admitted(1, 2, 1), Admitted(3, 3, 1), Ended(1, 2, 1));
        Tell(Admitted(1, 1, 0));

        Assert.Equal(2, _rule.Choices);
    }

    [Fact]
    public void A_pipeline_that_starts_before_an_older_one_breaks_it() => Breaks("Pipeline 1 started", Started(2), Started(1));

    [Fact]
    public void A_task_of_an_earlier_stage_that_goes_first_breaks_it() =>
        Breaks("was admitted before", Queued(1, 1, 0), Queued(1, 2, 1), Admitted(1, 1, 0));

    [Fact]
    public void A_task_of_a_younger_pipeline_that_goes_first_breaks_it() =>
        Breaks("was admitted before", Queued(1, 1, 1), Queued(2, 2, 1), Admitted(2, 2, 1));

    [Fact]
    public void A_later_task_of_the_same_pipeline_that_goes_first_breaks_it() =>
        Breaks("was admitted before", Queued(1, 1, 1), Queued(1, 2, 1), Admitted(1, 2, 1));

    [Fact]
    public void So_does_a_task_that_was_queued_before_anybody_listened() => Breaks("was admitted before", Queued(1, 9, 1), Admitted(2, 8, 1));

    [Fact]
    public void A_task_that_was_canceled_in_the_line_keeps_nobody_back() =>
        Tell(Queued(1, 1, 1), Queued(1, 2, 0), Ended(1, 1, 1), Admitted(1, 2, 0));

    [Fact]
    public void More_in_use_than_there_is_breaks_it() => Breaks("of 2 after", Admitted(1, 1, 0, cpu: 1.5m), Admitted(1, 2, 0, cpu: 0.6m));

    [Fact]
    public void What_has_ended_holds_nothing() =>
        Tell(Admitted(1, 1, 0, cpu: 1.5m), Ended(1, 1, 0), Admitted(1, 2, 0, cpu: 2), Ended(1, 2, 0), Admitted(1, 3, 0, cpu: 2));

    [Fact]
    public void More_tasks_than_workers_break_it() => Breaks("3 tasks hold", Admitted(1, 1, 0), Admitted(1, 2, 0), Admitted(1, 3, 0));

    private void Breaks(string complaint, params SchedulerEvent[] history)
    {
        Tell(history[..^1]);

        Assert.Contains(complaint, Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Tell(history[^1])).Message);
    }

    private void Tell(params SchedulerEvent[] history)
    {
        foreach (var happened in history)
            _rule.Observe(happened);
    }

    private static PipelineStarted Started(long pipeline) => new(default, pipeline, null, 0);

    private static TaskQueued Queued(long pipeline, long task, int stage) => new(default, pipeline, null, task, null, stage, Cpu(0));

    private static TaskAdmitted Admitted(long pipeline, long task, int stage, decimal cpu = 0) =>
        new(default, pipeline, null, task, null, stage, Cpu(cpu));

    private static TaskEnded Ended(long pipeline, long task, int stage) =>
        new(default, pipeline, null, task, null, stage, Cpu(0), TaskState.Succeeded, null, true);

    private static Dictionary<string, decimal> Cpu(decimal amount) => amount == 0 ? [] : new() { ["cpu"] = amount };
}
