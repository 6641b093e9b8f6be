using Akka.Actor;
using StageGate.Actors.Tests.Support;
using static StageGate.Actors.SchedulerEvents;

namespace StageGate.Actors.Tests.Protocol;

/// <summary>Subscribers that come at any moment, while work of every fate goes on: the snapshot and the events add up to the truth.</summary>
public sealed class EventConsistencyTests : IDisposable
{
    private readonly ActorSystem _system = Systems.New();

    public static TheoryData<string> Each => [Dispatchers.Inline, Dispatchers.Pinned];

    public void Dispose() => _system.Terminate().EndsSomehow();

    [Theory]
    [MemberData(nameof(Each))]
    public void No_event_is_missed_and_none_comes_twice(string dispatcher)
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options(3, 3, ("cpu", 2)).On(dispatcher));
        var pipelines = Bounded.OnOwnThreads(2, seed =>
        {
            var random = new Random(seed);
            return Enumerable.Range(0, 60).Select(_ => scheduler.Run(controls => Work(controls, random.Next()))).ToList();
        });
        var boards = Bounded.OnOwnThreads(12, i =>
        {
            Assert.True(SpinWait.SpinUntil(() => scheduler.Snapshot().Pipelines.Succeeded >= i * 4, Limits.Wait));
            var board = new Correspondent(_system);
            return (Board: board, Opening: board.Subscribe(scheduler));
        }).End();
        foreach (var pipeline in pipelines.End().SelectMany(handles => handles))
        {
            if (pipeline.Id % 7 == 0)
                pipeline.Cancel();
        }

        Bounded.OnOwnThread(() => scheduler.Close()).Ends();

        var last = scheduler.Snapshot();
        foreach (var (board, opening) in boards)
        {
            var tally = new Tally(opening);
            while (!tally.IsAt(last))
                tally.Count(Assert.IsAssignableFrom<SchedulerEvent>(board.Next()));
        }
    }

    private static int Work(IPipelineControls controls, int seed)
    {
        var random = new Random(seed);
        for (var stage = 0; stage < 3; stage++)
        {
            var tasks = Enumerable.Range(0, 5).Select(i => controls.NewTask<int>(token =>
            {
                token.ThrowIfCancellationRequested();
                Thread.SpinWait(1000);
                token.ThrowIfCancellationRequested();
                return i % 4 == 3 ? throw new FormatException() : i;
            }).Requires("cpu", random.Next(3)).Run()).ToList();
            tasks[random.Next(5)].Cancel();
            tasks[random.Next(5)].RequestTermination();
            controls.Wait(tasks, Limits.Wait);
            controls.StageForward();
        }

        return seed % 3 == 0 ? throw new FormatException() : 0;
    }

    /// <summary>A dashboard: figures from the snapshot on, changed by events alone.</summary>
    private sealed class Tally(SchedulerSnapshot opening)
    {
        private readonly Dictionary<long, Type> _latest = [];
        private PipelineCounts _pipelines = opening.Pipelines;
        private TaskCounts _ended = opening.Tasks with { Queued = 0, Admitted = 0, Running = 0 };
        private long _open = opening.Tasks.Queued + opening.Tasks.Admitted;
        private long _running = opening.Tasks.Running;

        public bool IsAt(SchedulerSnapshot last) => _pipelines == last.Pipelines && _ended == last.Tasks && (_open, _running) == (0, 0);

        public void Count(SchedulerEvent happened)
        {
            if (happened is TaskEvent task)
                Count(task);
            _pipelines = happened switch
            {
                PipelineQueued => _pipelines with { Queued = _pipelines.Queued + 1 },
                PipelineStarted => _pipelines with { Queued = _pipelines.Queued - 1, Running = _pipelines.Running + 1 },
                PipelineEnded { State: PipelineState.Canceled } =>
                    _pipelines with { Queued = _pipelines.Queued - 1, Canceled = _pipelines.Canceled + 1 },
                PipelineEnded { State: PipelineState.Failed } =>
                    _pipelines with { Running = _pipelines.Running - 1, Failed = _pipelines.Failed + 1 },
                PipelineEnded => _pipelines with { Running = _pipelines.Running - 1, Succeeded = _pipelines.Succeeded + 1 },
                _ => _pipelines,
            };
            Assert.True(
                _pipelines.Queued >= 0 && _pipelines.Running is >= 0 and <= 3 && _running is >= 0 and <= 3 && _open >= _running,
                $"{_pipelines}, {_open} tasks open, {_running} running after {happened}");
        }

        private void Count(TaskEvent task)
        {
            // Of a task that is older than the subscription, the first event may be any.
            var before = _latest.GetValueOrDefault(task.TaskId);
            _latest[task.TaskId] = task.GetType();
            switch (task)
            {
                case TaskQueued:
                    Assert.Null(before);
                    _open++;
                    break;
                case TaskAdmitted:
                    Assert.Contains(before, new[] { null, typeof(TaskQueued) });
                    break;
                case TaskStarted:
                    Assert.Contains(before, new[] { null, typeof(TaskAdmitted) });
                    _running++;
                    break;
                case TaskEnded ended:
                    Assert.NotEqual(typeof(TaskEnded), before);
                    _open--;
                    _running -= ended.State == TaskState.Canceled ? 0 : 1;
                    _ended = ended.State switch
                    {
                        TaskState.Canceled => _ended with { Canceled = _ended.Canceled + 1 },
                        TaskState.Succeeded => _ended with { Succeeded = _ended.Succeeded + 1 },
                        TaskState.Failed => _ended with { Failed = _ended.Failed + 1 },
                        _ => _ended with { Terminated = _ended.Terminated + 1 },
                    };
                    break;
            }
        }
    }
}
