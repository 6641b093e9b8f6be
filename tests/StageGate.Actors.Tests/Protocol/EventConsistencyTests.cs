using Akka.Actor;
using StageGate.Actors.Tests.Support;
using static StageGate.Actors.SchedulerEvents;

namespace StageGate.Actors.Tests.Protocol;

/// <summary>Subscribers that come at any moment, while work of every fate goes on: the snapshot and the events add up to the truth.</summary>
[Guarantee("E3")]
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
        var work = Submit(scheduler, pipelines: 120);
        var boards = Bounded.OnOwnThreads(12, i =>
        {
            Assert.True(SpinWait.SpinUntil(() => scheduler.Snapshot().Pipelines.Succeeded >= i * 4, Limits.Wait));
            var board = new Correspondent(_system);
            return (Board: board, Tally: new Tally(board.Subscribe(scheduler)));
        }).End();
        work.End();
        Bounded.OnOwnThread(() => scheduler.Close()).Ends();

        var last = scheduler.Snapshot();
        foreach (var (board, tally) in boards)
        {
            while (!tally.IsAt(last))
                tally.Count(Assert.IsAssignableFrom<SchedulerEvent>(board.Next()));
        }
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void The_events_of_one_subscriber_lead_to_the_snapshot_of_the_next(string dispatcher)
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options(3, 3, ("cpu", 2)).On(dispatcher));
        var work = Submit(scheduler, pipelines: 100);
        for (var round = 0; round < 200; round++)
        {
            // Nobody listens when the first one comes.
            var first = new Correspondent(_system);
            var second = new Correspondent(_system);
            var tally = new Tally(first.Subscribe(scheduler));

            // Answered to the first one, in one line with its events.
            first.Tell(scheduler, new SchedulerProtocol.Subscribe(second.Ref));
            object letter;
            while ((letter = first.Next()) is SchedulerEvent happened)
                tally.Count(happened);

            var opening = Assert.IsType<SchedulerProtocol.Subscribed>(letter).Snapshot;
            Assert.True(tally.IsAt(opening), $"{tally} is not at {opening}");
            first.Tell(scheduler, new SchedulerProtocol.Unsubscribe(second.Ref));
            first.Tell(scheduler, new SchedulerProtocol.Unsubscribe());
            first.Until<SchedulerProtocol.Unsubscribed>();
            first.Until<SchedulerProtocol.Unsubscribed>();
        }

        work.End();
    }

    private static Task<bool>[] Submit(Scheduler scheduler, int pipelines) => Bounded.OnOwnThreads(2, seed =>
    {
        var random = new Random(seed);
        var handles = Enumerable.Range(0, pipelines / 2).Select(_ => scheduler.Run(controls => Work(controls, random.Next()))).ToList();
        foreach (var handle in handles.Where(handle => handle.Id % 7 == 0))
            handle.Cancel();
        return scheduler.WaitPipelines(handles, Limits.Wait).Pending.Count == 0;
    });

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

        public bool IsAt(SchedulerSnapshot other) =>
            _pipelines == other.Pipelines
            && _ended == other.Tasks with { Queued = 0, Admitted = 0, Running = 0 }
            && _open == other.Tasks.Queued + other.Tasks.Admitted
            && _running == other.Tasks.Running;

        public override string ToString() => $"{_pipelines}, {_ended}, {_open} tasks open, {_running} running";

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
                $"{this} after {happened}");
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
