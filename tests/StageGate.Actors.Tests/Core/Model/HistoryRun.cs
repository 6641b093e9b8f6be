using StageGate.Actors.Core;
using StageGate.Actors.Tests.Core.Rules;

namespace StageGate.Actors.Tests.Core.Model;

/// <summary>
/// Lets the same history happen to the scheduler and to its model, compares them after every step, and lets the rules judge what is seen.
/// </summary>
internal sealed class HistoryRun
{
    private static readonly TaskState[] s_taskEndings = [TaskState.Succeeded, TaskState.Failed, TaskState.Terminated];
    private static readonly PipelineState[] s_pipelineEndings = [PipelineState.Succeeded, PipelineState.Failed];

    private readonly History _history;
    private readonly ResourceCapacities _resources;
    private readonly SchedulerCore _core;
    private readonly SchedulerModel _model;
    private readonly Judge _judge;
    private readonly List<FakePipeline> _pipelines = [];
    private readonly List<FakeTask> _tasks = [];

    public HistoryRun(History history)
    {
        _history = history;
        _resources = new ResourceCapacities(history.Capacities.Select((amount, i) => KeyValuePair.Create(Label(i), amount)));
        _core = new SchedulerCore(_resources, history.PipelineParallelism, history.TaskParallelism);
        _model = new SchedulerModel(history.Capacities, history.PipelineParallelism, history.TaskParallelism);
        _judge = new Judge(new Board(history.Capacities, history.PipelineParallelism, history.TaskParallelism), Rule.All);
    }

    public SchedulerModel Model => _model;

    /// <summary>How many facts the core was told.</summary>
    public int CoreSteps { get; private set; }

    /// <summary>Runs the history, and then ends all that it left open.</summary>
    public void ToTheEnd()
    {
        foreach (var step in _history.Steps)
            Take(step);
        Take(new Step(StepKind.BeginShutdown, 0, How: 1, default));
        while (!_model.IsDrained)
        {
            foreach (var task in _model.Admitted.ToList())
                End(task, TaskState.Succeeded);
            foreach (var pipeline in _model.Running.ToList())
                End(pipeline, PipelineState.Succeeded);
        }
    }

    /// <summary>Lets the scheduler die before the step of that number, and goes on: what is dead does nothing more.</summary>
    public void AbandonedBefore(int step)
    {
        foreach (var early in _history.Steps.Take(step))
            Take(early);
        Take(new Step(StepKind.Abandon, 0, 0, default));
        Assert.True(_model.IsDrained);

        foreach (var late in _history.Steps.Skip(step))
            Take(late);
    }

    public void Take(Step step)
    {
        switch (step.Kind)
        {
            // The door is closed once shutdown has begun: no pipeline gets here any more.
            case StepKind.SubmitPipeline when !_model.ShutdownStarted:
                _pipelines.Add(new FakePipeline(_model.SubmitPipeline().Id, $"p{_pipelines.Count}"));
                Tell(new PipelineSubmitted(_pipelines.Count), () => _core.Submit(_pipelines[^1]));
                break;
            case StepKind.AdvanceStage when Choose(_model.Running, step) is { } pipeline:
                Tell(fact: null, () => SchedulerCore.AdvanceStage(Real(pipeline), ++pipeline.Stage));
                break;
            case StepKind.SubmitTask when Choose(_model.Running, step) is { } pipeline:
                Submit(pipeline, step);
                break;
            case StepKind.BeginTask when Choose(_model.Admitted.Where(task => task.State == TaskState.Ready), step) is { } task:
                Begin(task);
                break;
            case StepKind.EndTask when ChooseTask(step) is { } task:
                End(task, s_taskEndings[step.How % s_taskEndings.Length]);
                return;
            case StepKind.EndPipeline when Choose(step.How < 3 ? _model.Pipelines : _model.Running, step) is { } pipeline:
                End(pipeline, s_pipelineEndings[step.How % s_pipelineEndings.Length]);
                return;
            case StepKind.CancelTask when Choose(step.How < 3 ? _model.Tasks : _model.Tasks.Where(t => t.IsLive), step) is { } task:
                Ask(_model.Cancel(task), () => _core.Cancel(Real(task)), answer => new TaskCancelAnswered(task.Id, answer));
                break;
            case StepKind.RequestTermination when ChooseTask(step) is { } task:
                Ask(
                    _model.RequestTermination(task),
                    () => _core.RequestTermination(Real(task)),
                    answer => new TerminationAnswered(task.Id, answer));
                break;
            case StepKind.CancelPipeline:
                // By id, so also one that was never given out.
                var id = step.Which % (_pipelines.Count + 1) + 1;
                Ask(
                    _model.Cancel(_model.Pipelines.SingleOrDefault(p => p.Id == id)),
                    () => _core.CancelPipeline(id),
                    answer => new PipelineCancelAnswered(id, answer));
                break;
            case StepKind.BeginShutdown:
                var cancelPending = step.How % 2 == 0;
                _model.BeginShutdown(cancelPending);
                Tell(new ShutdownBegun(cancelPending), () => _core.BeginShutdown(cancelPending));
                break;
            case StepKind.TerminateAll:
                _model.TerminateAll();
                Tell(new AllToldToEnd(), _core.RequestTermination);
                break;
            case StepKind.Abandon:
                _model.Abandon();
                Tell(new Abandoned(), _core.Abandon);
                break;
            default:
                // There is nothing that it could happen to.
                return;
        }

        Compare();
    }

    private static string Label(int resource) => $"r{resource}";

    private static T? Choose<T>(IEnumerable<T> candidates, Step step) where T : class
    {
        var all = candidates.ToList();
        return all.Count == 0 ? null : all[step.Which % all.Count];
    }

    /// <summary>Mostly an admitted task; sometimes any, so that stale and doubled reports occur.</summary>
    private ModelTask? ChooseTask(Step step) => Choose(step.How < 3 ? _model.Tasks : _model.Admitted, step);

    private FakePipeline Real(ModelPipeline pipeline) => _pipelines[(int)pipeline.Id - 1];

    private FakeTask Real(ModelTask task) => _tasks[(int)task.Id - 1];

    private void Submit(ModelPipeline pipeline, Step step)
    {
        int[] choices = [step.Amounts.First, step.Amounts.Second, step.Amounts.Third];
        var amounts = _history.Capacities.Select((capacity, i) => AmountGen.Share(capacity, choices[i])).ToArray();
        var demand = _resources.Resolve([.. amounts.Select((amount, i) => KeyValuePair.Create(Label(i), amount))]);
        _tasks.Add(new FakeTask(_tasks.Count + 1, Real(pipeline), pipeline.Stage, demand));
        var needs = Array.ConvertAll(amounts, Exact.Scaled);
        _model.SubmitTask(pipeline, needs);
        Tell(new TaskSubmitted(_tasks.Count, pipeline.Id, pipeline.Stage, needs), () => _core.Submit(_tasks[^1]));
    }

    private void Begin(ModelTask task)
    {
        task.State = TaskState.Running;
        Real(task).Begin();
        _judge.AssertAllowed(new TaskBegun(task.Id));
    }

    private void End(ModelTask task, TaskState ending)
    {
        if (task.State == TaskState.Ready)
            Begin(task);
        _model.End(task, ending);
        Tell(new TaskReturned(task.Id, ending), () => _core.End(Real(task), ending));
        Compare();
    }

    private void End(ModelPipeline pipeline, PipelineState ending)
    {
        _model.End(pipeline, ending);
        Tell(new PipelineReturned(pipeline.Id, ending), () => _core.End(Real(pipeline), ending));
        Compare();
    }

    private void Tell(Happening? fact, Action step)
    {
        CoreSteps++;
        step();
        if (fact is not null)
            _judge.AssertAllowed(fact);
    }

    private void Ask(bool expected, Func<bool> step, Func<bool, Happening> answered)
    {
        CoreSteps++;
        var answer = step();
        _judge.AssertAllowed(answered(answer));
        Assert.Equal(expected, answer);
    }

    private void Compare()
    {
        decimal[] inUse = [.. _core.Snapshot().Resources.Select(usage => usage.InUse)];
        var decisions = new List<string>();
        while (_core.TryDecide(out var decision))
        {
            decisions.Add(CoreExtensions.Describe(decision));
            _judge.AssertAllowed(Happening.Of(decision));
        }

        _judge.AssertAllowed(new Settled(_core.IsDrained, inUse));
        Assert.Equal(_model.TakeDecisions(), decisions);
        Comparison.AssertAlike(_model, _core, _history, id => _pipelines[(int)id - 1]);
        Assert.DoesNotContain(_tasks, task => task is { State: TaskState.Canceled, HasBegun: true });
    }
}
