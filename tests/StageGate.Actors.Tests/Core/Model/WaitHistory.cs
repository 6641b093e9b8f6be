using CsCheck;
using StageGate.Actors.Core;

namespace StageGate.Actors.Tests.Core.Model;

internal enum WaitStepKind
{
    SubmitPipeline,
    SubmitTask,
    BeginTask,
    Wait,
    Deliver,
    GoOn,
    End,
    Cancel,
}

/// <summary>One thing that happens to works that wait for each other.</summary>
internal readonly record struct WaitStep(WaitStepKind Kind, int Which, int How, int What);

/// <summary>A small scheduler with one resource, and works that wait for each other. The core's answers are compared with a search.</summary>
/// <param name="Pipelines">How many pipelines run at a time.</param>
/// <param name="Tasks">How many tasks run at a time.</param>
/// <param name="IsPrompt">Whether the core hears of all at once, instead of some time later, in the same order.</param>
/// <param name="Steps">What happens.</param>
internal sealed record WaitHistory(int Pipelines, int Tasks, bool IsPrompt, WaitStep[] Steps)
{
    private const decimal Capacity = 3;
    private const int MostPipelines = 4;
    private const int MostTasks = 5;

    /// <summary>A task that holds 1, one that holds 2, and the first waits for a third that needs 1: what comes next may block the line.</summary>
    private static readonly WaitStep[] s_crowd =
    [
        new(WaitStepKind.SubmitPipeline, 0, 0, 0),
        new(WaitStepKind.SubmitTask, 0, How: 1, What: 1),
        new(WaitStepKind.SubmitTask, 0, How: 1, What: 2),
        new(WaitStepKind.SubmitTask, 0, How: 1, What: 1),
        new(WaitStepKind.BeginTask, 0, 0, 0),
        new(WaitStepKind.BeginTask, 0, 0, 0),
        new(WaitStepKind.Wait, Which: 1, How: 1, What: 4),
    ];

    /// <summary>
    /// The one pipeline that runs has waited for one that had ended, and submitted another one. The core has yet to hear of both: what comes next
    /// may be a wait that it finds before it knows what it is for.
    /// </summary>
    private static readonly WaitStep[] s_haste =
    [
        new(WaitStepKind.SubmitPipeline, 0, 0, 0),
        new(WaitStepKind.Deliver, 0, 0, 0),
        new(WaitStepKind.End, 0, How: 1, What: 0),
        new(WaitStepKind.SubmitPipeline, 0, 0, 0),
        new(WaitStepKind.Deliver, 0, How: 1, What: 0),
        new(WaitStepKind.Wait, 0, How: 0, What: 5),
        new(WaitStepKind.GoOn, 0, 0, 0),
        new(WaitStepKind.SubmitPipeline, 0, 0, 0),
    ];

    private static readonly Gen<WaitHistory> s_free = Gen.Select(
        Gen.Int[1, 3],
        Gen.Int[1, 3],
        Gen.Bool,
        Gen.Select(
            Gen.Frequency(
                (8, WaitStepKind.SubmitPipeline),
                (14, WaitStepKind.SubmitTask),
                (14, WaitStepKind.BeginTask),
                (30, WaitStepKind.Wait),
                (12, WaitStepKind.Deliver),
                (8, WaitStepKind.GoOn),
                (10, WaitStepKind.End),
                (2, WaitStepKind.Cancel)),
            Gen.Int[0, 1000],
            Gen.Int[0, 1000],
            Gen.Int[1, 1000],
            (kind, which, how, what) => new WaitStep(kind, which, how, what)).Array[1, 40],
        (pipelines, tasks, isPrompt, steps) => new WaitHistory(pipelines, tasks, isPrompt, steps));

    public static readonly Gen<WaitHistory> Any = Gen.Select(
        s_free,
        Gen.Int[1, 5],
        (history, kind) => kind switch
        {
            1 => history with { Tasks = 3, Steps = [.. s_crowd, .. history.Steps] },
            2 => history with { Pipelines = 1, IsPrompt = false, Steps = [.. s_haste, .. history.Steps] },
            _ => history,
        });

    /// <returns>What was seen on the way.</returns>
    public HashSet<string> Run() => new Play(this).ToTheEnd();

    public override string ToString() =>
        $"{Pipelines} pipelines; {Tasks} tasks; {(IsPrompt ? "prompt" : "late")};\n" + string.Join("\n", Steps);

    private sealed class Play
    {
        private readonly WaitHistory _history;
        private readonly ResourceCapacities _resources = new([KeyValuePair.Create("cpu", Capacity)]);
        private readonly SchedulerCore _core;
        private readonly List<FakePipeline> _pipelines = [];
        private readonly List<FakeTask> _tasks = [];
        private readonly Dictionary<WorkEntry, FakeWait> _waits = [];
        private readonly Queue<(WaitStep Step, WorkEntry Work, Action Fact)> _facts = new();
        private readonly HashSet<WorkEntry> _ending = [];
        private readonly Dictionary<FakePipeline, int> _stages = [];
        private readonly HashSet<string> _seen = [];

        public Play(WaitHistory history)
        {
            _history = history;
            _core = new SchedulerCore(_resources, history.Pipelines, history.Tasks);
        }

        private IEnumerable<WorkEntry> Works => _pipelines.Concat<WorkEntry>(_tasks);

        /// <summary>Those whose code is at work: it runs, and does not wait.</summary>
        private IEnumerable<WorkEntry> Busy => Works.Where(work =>
            !_waits.ContainsKey(work) && !_ending.Contains(work) && work is FakePipeline { State: PipelineState.Running } or FakeTask { State: TaskState.Ready, HasBegun: true });

        public HashSet<string> ToTheEnd()
        {
            foreach (var step in _history.Steps)
            {
                Take(step);
                if (_history.IsPrompt)
                    Deliver(_facts.Count);
                CheckOpen(step);
            }

            return _seen;
        }

        private void Take(WaitStep step)
        {
            switch (step.Kind)
            {
                case WaitStepKind.SubmitPipeline when _pipelines.Count < MostPipelines:
                    var submitted = new FakePipeline(_pipelines.Count + 1);
                    _pipelines.Add(submitted);
                    Post(step, submitted, () => _core.Submit(submitted));
                    break;
                case WaitStepKind.SubmitTask when _tasks.Count < MostTasks && Choose(Busy.OfType<FakePipeline>(), step.Which) is { } pipeline:
                    SubmitTask(pipeline, step);
                    break;
                case WaitStepKind.BeginTask when Choose(_tasks.Where(task => task is { State: TaskState.Ready, HasBegun: false }), step.Which) is { } task:
                    task.Begin();
                    break;
                case WaitStepKind.Wait when Choose(Busy, step.Which) is { } work:
                    BeginWait(work, step);
                    break;
                case WaitStepKind.Deliver:
                    Deliver(1 + step.How % 4);
                    break;
                case WaitStepKind.GoOn when Choose(_waits.Keys.Where(MayGoOn), step.Which) is { } work:
                    work.EndWait();
                    _waits.Remove(work);
                    break;
                case WaitStepKind.End when Choose(Busy, step.Which) is { } work:
                    _ending.Add(work);
                    Post(step, work, () => End(work, isWell: step.How % 3 > 0));
                    break;
                case WaitStepKind.Cancel:
                    // A request, which comes after all that was posted before.
                    Deliver(_facts.Count);
                    if (Choose(Works.Where(work => work.IsQueued), step.Which) is { } canceled)
                        Tell(step, () => Assert.True(canceled is FakeTask task ? _core.Cancel(task) : _core.CancelPipeline(canceled.Id)));
                    break;
            }
        }

        private void SubmitTask(FakePipeline pipeline, WaitStep step)
        {
            var stage = _stages.GetValueOrDefault(pipeline);
            if (step.How % 3 == 0)
            {
                _stages[pipeline] = ++stage;
                Post(step, pipeline, () => SchedulerCore.AdvanceStage(pipeline, stage));
            }

            var demand = _resources.Resolve([KeyValuePair.Create("cpu", (decimal)(step.What % 4))]);
            var task = new FakeTask(_tasks.Count + 1, pipeline, stage, demand);
            _tasks.Add(task);
            Post(step, task, () => _core.Submit(task));
        }

        private void BeginWait(WorkEntry work, WaitStep step)
        {
            // Now and then it waits for what has ended, and can go on at once.
            WorkEntry[] candidates = [.. (step.How % 2 == 0 ? Works.OfType<FakePipeline>() : Works.Except(_pipelines)).Where(w => !w.HasEnded || step.What % 5 == 0)];
            WorkEntry[] targets = [.. candidates.Where((_, i) => (step.What >> i & 1) == 1)];
            if (targets.Length == 0)
                return;

            var taskWaits = _waits.Keys.OfType<FakeTask>().Any();
            var wait = new FakeWait((ReturnWhen)(step.How / 2 % 3), targets);
            _waits.Add(work, wait);
            work.BeginWait(wait);

            // As BlockedWork has it: the core is told of all but the ordinary case.
            if (work is FakeTask || targets[0] is FakePipeline || taskWaits)
                Post(step, work, () => _core.BeginWait(work));
            else
                _seen.Add("untold");
        }

        private void Post(WaitStep step, WorkEntry work, Action fact) => _facts.Enqueue((step, work, fact));

        private void Deliver(int count)
        {
            for (; count > 0 && _facts.TryDequeue(out var next); count--)
            {
                var refused = Tell(next.Step, next.Fact);
                if (_history.IsPrompt && next.Step.Kind == WaitStepKind.Wait)
                    Assert.All(refused, victim => Assert.Same(next.Work, victim));
            }
        }

        private void End(WorkEntry work, bool isWell)
        {
            if (work is FakeTask task)
                _core.End(task, isWell ? TaskState.Succeeded : TaskState.Failed);
            else
                _core.End((FakePipeline)work, isWell ? PipelineState.Succeeded : PipelineState.Failed);
        }

        private List<WorkEntry> Tell(WaitStep step, Action fact)
        {
            var before = Open();
            fact();
            var refused = Refused();
            if (refused.Count > 0)
                _seen.Add($"refused after {step.Kind}");
            CheckRefused(before, refused);
            return refused;
        }

        /// <summary>Who was refused could not go on at that moment.</summary>
        private void CheckRefused(List<(WorkEntry Work, OpenWait Wait)> before, List<WorkEntry> refused)
        {
            foreach (var victim in refused)
            {
                Assert.False(Satisfiable(before).Contains(victim), $"{victim} can go on, and was refused: {_waits[victim].Refusal}");
                before.RemoveAll(wait => wait.Work == victim);
                _seen.Add($"refused a {victim.GetType().Name} in {_waits[victim].Until}");
            }
        }

        /// <summary>Who was not refused can go on, if the core has heard of all.</summary>
        private void CheckOpen(WaitStep step)
        {
            var open = Open();
            if (_facts.Count > 0 || open.Count == 0)
                return;

            var hopeful = Satisfiable(open);
            Assert.All(open, wait => Assert.True(hopeful.Contains(wait.Work), $"{wait.Work} is stuck after {step}"));
            _seen.Add("left alone");
        }

        private List<(WorkEntry Work, OpenWait Wait)> Open() =>
            [.. _waits.Where(pair => pair.Value.Refusal is null).Select(pair => (pair.Key, (OpenWait)pair.Value))];

        private HashSet<WorkEntry> Satisfiable(IEnumerable<(WorkEntry, OpenWait)> waits) =>
            WaitSearch.Satisfiable(Works, waits, _history.Pipelines, _history.Tasks, Capacity);

        private List<WorkEntry> Refused()
        {
            var refused = new List<WorkEntry>();
            while (_core.TryDecide(out var decision))
            {
                if (decision.Kind == DecisionKind.RefuseWait)
                    refused.Add(_waits.Single(pair => pair.Value == decision.Wait).Key);
            }

            return refused;
        }

        private bool MayGoOn(WorkEntry work)
        {
            var wait = _waits[work];
            var ended = wait.Targets.Count(target => target.HasEnded);
            return wait.Refusal is not null || ended == wait.Count
                || (wait.Until == ReturnWhen.FirstCompleted && ended > 0)
                || (wait.Until == ReturnWhen.FirstException && wait.Targets.Any(target => target.HasFailed));
        }

        private static T? Choose<T>(IEnumerable<T> candidates, int which) where T : class
        {
            var all = candidates.ToList();
            return all.Count == 0 ? null : all[which % all.Count];
        }
    }
}
