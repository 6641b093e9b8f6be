using StageGate.Actors.Tests.Core.Model;

namespace StageGate.Actors.Tests.Core;

/// <summary>
/// Histories that are kept by name: each that random ones found to go wrong, and those in which schedulers are known to go wrong. They
/// are played beside the model and before the rules, as the random ones are.
/// </summary>
/// <remarks>The random histories have found none in the core so far; these are known from other schedulers, or by thinking.</remarks>
public class PinnedHistoryTests
{
    private static readonly Step s_pipeline = new(StepKind.SubmitPipeline, 0, 0, default);

    /// <summary>Begins to shut down, without canceling.</summary>
    private static readonly Step s_shutdown = new(StepKind.BeginShutdown, 0, How: 1, default);

    private static readonly Dictionary<string, History> s_all = new()
    {
        ["The first in line is canceled, and the next one fits"] =
            Of(tasks: 2, [s_pipeline, Half(), All(), Half(), Cancel(1)]),
        ["The first pipeline in line is canceled, and its place in line is not left empty"] =
            Of(tasks: 1, [s_pipeline, s_pipeline, s_pipeline, CancelPipeline(1), EndPipeline(0)]),
        ["A task that is admitted and has not begun is canceled, and its place is taken at once"] =
            Of(tasks: 1, [s_pipeline, All(), All(), Cancel(0), EndTask(0)]),
        ["All is asked to end while one runs, one is admitted and one waits"] =
            Of(tasks: 2, [s_pipeline, Half(), Begin(0), Half(), All(), new(StepKind.TerminateAll, 0, 0, default), Half(), EndTask(0)]),
        ["An end is reported again after the place was given to another"] =
            Of(tasks: 1, [s_pipeline, All(), All(), EndTask(0), StaleEnd(0), StaleEnd(0), EndTask(0)]),
        ["An end is reported of a task that still waits"] =
            Of(tasks: 1, [s_pipeline, All(), All(), StaleEnd(1), EndTask(0), EndTask(0)]),
        ["A later stage arrives while the first in line does not fit"] =
            Of(tasks: 3, [s_pipeline, Half(), All(), Stage(), Half(), EndTask(1), EndTask(0)]),
        ["A task is submitted after shutdown, and its pipeline ends before it"] =
            Of(tasks: 1, [s_pipeline, All(), s_shutdown, All(), EndPipeline(0), EndTask(0), EndTask(0)]),
        ["Shutdown is asked for again, to cancel the waiting pipelines after all"] =
            Of(tasks: 1, [s_pipeline, s_pipeline, s_shutdown, s_shutdown with { How = 0 }, EndPipeline(0)]),
        ["A pipeline is canceled that was never accepted"] =
            Of(tasks: 1, [CancelPipeline(0), s_pipeline, CancelPipeline(1), CancelPipeline(0)]),
        ["Thirds and tenths of a capacity come and go in another order"] =
            Of(tasks: 4, [s_pipeline, Needs(8), Needs(9), Needs(9), Needs(8), EndTask(1), Needs(8), EndTask(0), Needs(9), All()]),
    };

    public static TheoryData<string> Names => [.. s_all.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_goes_as_the_model_says_and_no_rule_is_broken(string name) => new HistoryRun(s_all[name]).ToTheEnd();

    [Theory]
    [MemberData(nameof(Names))]
    public void The_scheduler_may_die_before_any_step_of_it(string name)
    {
        for (var step = 0; step <= s_all[name].Steps.Length; step++)
            new HistoryRun(s_all[name]).AbandonedBefore(step);
    }

    private static History Of(int tasks, Step[] steps) => new([1m], PipelineParallelism: 1, tasks, steps);

    private static Step Needs(int share) => new(StepKind.SubmitTask, 0, 0, (share, 0, 0));

    private static Step All() => Needs(6);

    private static Step Half() => Needs(7);

    private static Step Stage() => new(StepKind.AdvanceStage, 0, 0, default);

    private static Step Begin(int which) => new(StepKind.BeginTask, which, 0, default);

    /// <summary>Of one of the admitted tasks.</summary>
    private static Step EndTask(int which) => new(StepKind.EndTask, which, How: 3, default);

    /// <summary>Of one of all tasks.</summary>
    private static Step StaleEnd(int which) => new(StepKind.EndTask, which, How: 0, default);

    private static Step EndPipeline(int which) => new(StepKind.EndPipeline, which, How: 4, default);

    /// <summary>One of all tasks.</summary>
    private static Step Cancel(int which) => new(StepKind.CancelTask, which, 0, default);

    private static Step CancelPipeline(int which) => new(StepKind.CancelPipeline, which, 0, default);
}
