namespace StageGate.Actors.Tests.Core.Rules;

/// <summary>Each rule rejects a history that breaks it and no other rule, and none of them rejects a good one.</summary>
public class RuleTests
{
    private static readonly Settled s_quiet = new(IsDrained: false, 0m);

    /// <summary>Pipeline 1 of a scheduler with one resource of 1, one coordinator and two workers.</summary>
    private static readonly Happening[] s_open = [new PipelineSubmitted(1), new PipelineStarted(1, Slot: 0), s_quiet];

    private static readonly Happening[] s_running = [.. s_open, Task(1), new TaskAdmitted(1, 0), new TaskBegun(1), s_quiet];

    private static readonly Happening[] s_full = [.. s_open, Task(1, needs: 1), new TaskAdmitted(1, 0), new Settled(false, 1m)];

    /// <summary>Each ends with what breaks the rule.</summary>
    private static readonly Dictionary<Rule, Happening[][]> s_bad = new()
    {
        [SafetyRules.Capacity] = [[.. s_full, Task(2, needs: 1), new TaskAdmitted(2, 1)]],
        [SafetyRules.Workers] =
        [
            [.. s_open, .. Running(1, 0), .. Running(2, 1), Task(3), new TaskAdmitted(3, 2)],
            [.. s_open, Task(1), new TaskAdmitted(1, 2)],
        ],
        [SafetyRules.Coordinators] =
        [
            [.. s_open, new PipelineSubmitted(2), new PipelineStarted(2, 1)],
            [new PipelineSubmitted(1), new PipelineStarted(1, -1)],
        ],
        [SafetyRules.Slots] = [[.. s_running, Task(2), new TaskAdmitted(2, 0)]],
        [SafetyRules.NoOvertaking] =
        [
            [.. s_full, Task(2, needs: 1), Task(3), new TaskAdmitted(3, 1)],
            [.. s_full, Task(2, stage: 0), Task(3, needs: 1, stage: 1), new TaskAdmitted(2, 1)],
        ],
        [SafetyRules.FirstInFirstOut] = [[new PipelineSubmitted(1), new PipelineSubmitted(2), new PipelineStarted(2, 0)]],
        [SafetyRules.OnlyWaitingStarts] =
        [
            [.. s_running, new TaskAdmitted(1, 1)],
            [.. s_open, new TaskSubmitted(1, 1, 0, 0), new TaskCancelAnswered(1, true), new TaskAdmitted(1, 0)],
            [.. s_open, new PipelineReturned(1, PipelineState.Succeeded), new PipelineStarted(1, 0)],
        ],
        [SafetyRules.BeginsOnce] = [[.. s_running, new TaskBegun(1)], [.. s_open, Task(1), new TaskBegun(1)]],
        [SafetyRules.NeverAfterCancel] =
            [[.. s_open, Task(1), new TaskAdmitted(1, 0), new TaskCancelAnswered(1, true), new TaskBegun(1)]],
        [SafetyRules.CancelsOnlyWhatWaits] =
        [
            [.. s_running, new TaskCancelAnswered(1, true)],
            [.. s_running, new TaskReturned(1, TaskState.Failed), new TerminationAnswered(1, true)],
            [.. s_open, new PipelineCancelAnswered(1, true)],
        ],
        [SafetyRules.PublishedOnce] =
        [
            [.. Ended(TaskState.Succeeded), new TaskPublished(1, TaskState.Succeeded)],
            [.. s_open, .. PipelineEnd(), new PipelinePublished(1, PipelineState.Succeeded)],
            [.. s_open, .. PipelineEnd(), new DrainedPublished(1)],
        ],
        [SafetyRules.PublishedAsItWas] =
        [
            [.. s_running, new TaskReturned(1, TaskState.Failed), new TaskPublished(1, TaskState.Succeeded)],
            [.. s_running, new TaskPublished(1, TaskState.Failed)],
            [.. s_running, new TaskPublished(1, TaskState.Canceled)],
            [.. s_open, Task(1), new TaskPublished(1, TaskState.Canceled)],
            [.. s_open, new PipelinePublished(1, PipelineState.Canceled)],
            [.. s_open, new PipelineReturned(1, PipelineState.Failed), new PipelinePublished(1, PipelineState.Succeeded)],
        ],
        [SafetyRules.DrainedLast] =
        [
            [.. s_open, new DrainedPublished(1)],
            [
                .. s_running,
                new PipelineReturned(1, PipelineState.Failed),
                new PipelinePublished(1, PipelineState.Failed),
                new DrainedPublished(1),
            ],
        ],
        [SafetyRules.NothingStartsAtTheEnd] =
        [
            [.. s_open, Task(1), new AllToldToEnd(), new TaskAdmitted(1, 0)],
            [new PipelineSubmitted(1), new ShutdownBegun(true), new PipelineStarted(1, 0)],
            [new PipelineSubmitted(1), new Abandoned(), new PipelineStarted(1, 0)],
        ],
        [SafetyRules.OnlyRunningIsTold] =
        [
            [.. s_running, new TaskToldToEnd(1)],
            [.. s_open, Task(1), new TaskAdmitted(1, 0), new AllToldToEnd(), new TaskToldToEnd(1)],
            [.. s_open, new PipelineToldToEnd(1)],
        ],
        [SafetyRules.ExactLedger] =
        [
            [.. s_full[..^1], s_quiet],
            [.. s_full[..^1], new Settled(false, 0.9999999999999999999999999999m)],
            [.. s_running, new Settled(false, 0.1m)],
        ],
        [SafetyRules.NotDrainedTooSoon] =
        [
            [new Settled(IsDrained: true, 0m)],
            [.. s_open, new ShutdownBegun(false), new Settled(IsDrained: true, 0m)],
        ],
        [LivenessRules.HeadIsAdmitted] = [[.. s_open, Task(1), s_quiet], [.. s_open, Task(1, needs: 1), s_quiet]],
        [LivenessRules.OldestStarts] = [[new PipelineSubmitted(1), s_quiet]],
        [LivenessRules.EndsArePublished] =
        [
            [.. s_running, new TaskReturned(1, TaskState.Succeeded), s_quiet],
            [.. s_full, new TaskCancelAnswered(1, true), s_quiet],
            [.. s_running, new PipelineReturned(1, PipelineState.Failed), s_quiet],
        ],
        [LivenessRules.DrainedIsPublished] = [[.. s_open, .. PipelineEnd()[..^1], s_quiet]],
        [LivenessRules.TerminationIsTold] = [[.. s_running, new TerminationAnswered(1, true), s_quiet]],
        [LivenessRules.AllAreTold] =
        [
            [.. s_open, new AllToldToEnd(), s_quiet],
            [.. s_running, new AllToldToEnd(), new PipelineToldToEnd(1), s_quiet],
        ],
        [LivenessRules.PendingAreCanceled] = [[.. s_open, new PipelineSubmitted(2), new ShutdownBegun(true), s_quiet]],
        [LivenessRules.DeathEndsAll] = [[.. s_running, new Abandoned(), s_quiet]],
        [LivenessRules.ShutdownDrains] = [[.. s_open, .. PipelineEnd(), new ShutdownBegun(false), s_quiet]],
    };

    public static TheoryData<string> Rules => [.. Rule.All.Select(rule => rule.Statement)];

    public static TheoryData<string> BadHistories =>
        [.. s_bad.SelectMany(pair => pair.Value.Select((_, i) => $"{i} {pair.Key}"))];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Each_rule_is_tested_with_a_history_that_breaks_it(string statement)
    {
        Assert.NotEmpty(s_bad[Rule.All.Single(rule => rule.Statement == statement)]);
    }

    [Theory]
    [MemberData(nameof(BadHistories))]
    public void A_bad_history_is_good_up_to_its_end_and_then_breaks_one_rule_alone(string name)
    {
        var (rule, histories) = s_bad.Single(pair => name.EndsWith(pair.Key.Statement, StringComparison.Ordinal));
        var history = histories[name[0] - '0'];
        var judge = NewJudge();

        Assert.All(history[..^1], happening => Assert.Empty(judge.Hear(happening)));
        Assert.Equal([rule], judge.Hear(history[^1]));
    }

    [Fact]
    public void A_history_with_every_kind_of_happening_breaks_no_rule()
    {
        Happening[] history =
        [
            .. s_full,
            Task(2, needs: 1),
            new PipelineSubmitted(2),
            new PipelineSubmitted(3),
            new PipelineCancelAnswered(3, true),
            new PipelinePublished(3, PipelineState.Canceled),
            new DrainedPublished(3),
            new TaskBegun(1),
            new TaskCancelAnswered(1, false),
            new TerminationAnswered(1, true),
            new TaskToldToEnd(1),
            new TaskReturned(1, TaskState.Terminated),
            new TaskPublished(1, TaskState.Terminated),
            new TaskAdmitted(2, 0),
            new Settled(false, 1m),
            new TaskReturned(1, TaskState.Succeeded),
            new Settled(false, 1m),
            new PipelineReturned(1, PipelineState.Succeeded),
            new PipelinePublished(1, PipelineState.Succeeded),
            new PipelineStarted(2, 0),
            new Settled(false, 1m),
            new PipelineSubmitted(4),
            new ShutdownBegun(false),
            new Settled(false, 1m),
            new TaskSubmitted(3, 2, 5, 0),
            new TaskAdmitted(3, 1),
            new TaskBegun(3),
            new Settled(false, 1m),
            new AllToldToEnd(),
            new PipelinePublished(4, PipelineState.Canceled),
            new DrainedPublished(4),
            new TaskPublished(2, TaskState.Canceled),
            new DrainedPublished(1),
            new TaskToldToEnd(3),
            new PipelineToldToEnd(2),
            new Settled(false, 0m),
            new Abandoned(),
            new TaskPublished(3, TaskState.Failed),
            new PipelinePublished(2, PipelineState.Failed),
            new DrainedPublished(2),
            new Settled(true, 0m),
        ];
        var judge = NewJudge();

        Assert.All(history, happening => Assert.Empty(judge.Hear(happening)));
    }

    private static Judge NewJudge() => new(new Board([1m], pipelineParallelism: 1, taskParallelism: 2), Rule.All);

    private static TaskSubmitted Task(long id, int needs = 0, int stage = 0) => new(id, 1, stage, needs * Model.Exact.One);

    private static Happening[] Running(long id, int slot) => [Task(id), new TaskAdmitted(id, slot), new TaskBegun(id), s_quiet];

    private static Happening[] Ended(TaskState ending) =>
        [.. s_running, new TaskReturned(1, ending), new TaskPublished(1, ending), s_quiet];

    private static Happening[] PipelineEnd() =>
    [
        new PipelineReturned(1, PipelineState.Succeeded), new PipelinePublished(1, PipelineState.Succeeded), new DrainedPublished(1),
    ];
}
