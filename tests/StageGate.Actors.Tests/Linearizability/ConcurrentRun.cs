using Akka.Actor;
using CsCheck;
using StageGate.Actors.Tests.Core.Model;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Linearizability;

/// <summary>
/// Lets a history happen to a real scheduler, a few steps at a time, by several threads at once. After each few, all that was going on has
/// ended or waits for its latch, and what was seen must be what the model does in some order.
/// </summary>
internal sealed partial class ConcurrentRun : IDisposable
{
    private const int Callers = 3;
    private const int StepsEach = 2;

    private readonly History _history;
    private readonly Recorder _recorder = new();
    private readonly Scheduler _scheduler;
    private readonly Caller _caller;
    private readonly EventWatch? _watch;
    private IReadOnlyCollection<SchedulerModel> _models;

    /// <param name="system">Where the scheduler is to live.</param>
    /// <param name="history">What happens to it.</param>
    /// <param name="dispatcher">What it runs on.</param>
    /// <param name="isWatched">Whether somebody listens to its events, and judges them; it works differently where nobody does.</param>
    /// <param name="name">The name of its actor.</param>
    public ConcurrentRun(ActorSystem system, History history, string dispatcher, bool isWatched, string? name = null)
    {
        _history = history;
        var options = new SchedulerOptions
        {
            PipelineParallelism = history.PipelineParallelism,
            TaskParallelism = history.TaskParallelism,
            SchedulerDispatcher = dispatcher,
        };
        for (var i = 0; i < history.Capacities.Length; i++)
            options.Resources[$"r{i}"] = history.Capacities[i];
        _scheduler = Scheduler.Attach(system, options, name);
        _caller = new Caller(_scheduler, history.Capacities, _recorder);
        _watch = isWatched ? new EventWatch(system, _scheduler, history) : null;
        _models = [new SchedulerModel(history.Capacities, history.PipelineParallelism, history.TaskParallelism)];
    }

    /// <summary>Histories like those of the core, with less at a time, and with a pipeline of each kind from the start.</summary>
    public static Gen<History> Histories { get; } = History.Any.Select(history => history with
    {
        PipelineParallelism = Math.Min(history.PipelineParallelism, 2),
        TaskParallelism = Math.Min(history.TaskParallelism, 3),
        Steps = [new(StepKind.SubmitPipeline, 0, 0, default), new(StepKind.SubmitPipeline, 1, 0, default), .. history.Steps.Take(70)],
    });

    /// <summary>How many operations were found to be in order.</summary>
    public int Operations { get; private set; }

    public void ToTheEnd()
    {
        foreach (var steps in _history.Steps.Chunk(Callers * StepsEach))
            Take(steps);
        End();
    }

    public void Dispose()
    {
        // A scheduler that hangs is left alone: what was found before is to be told.
        _caller.EndAll();
        ((IAsyncResult)_scheduler.CloseAsync()).AsyncWaitHandle.WaitOne(Limits.Wait);
        _watch?.Dispose();
    }

    private void Take(Step[] steps)
    {
        Together(steps);
        WaitUntilAllHasBegun();
        Rest();
        Check();
    }

    private void Together(Step[] steps, Action? beside = null)
    {
        using var start = new Barrier(Callers + 1);
        var callers = Bounded.OnOwnThreads(Callers, caller =>
        {
            Assert.True(start.SignalAndWait(Limits.Wait));
            foreach (var step in steps.Where((_, i) => i % Callers == caller))
                _caller.Take(step);
            return true;
        });
        Assert.True(start.SignalAndWait(Limits.Wait));
        beside?.Invoke();
        callers.End();
    }

    /// <summary>
    /// Waits until all has begun that is to begin. The scheduler is asked nothing: before it answers it looks at all that was posted, also at what it had
    /// overlooked.
    /// </summary>
    private void WaitUntilAllHasBegun()
    {
        while (!HasAllBegun())
        {
            if (!_recorder.WaitForBegin())
                Assert.Fail($"Not all has begun that was to begin after\n{string.Join("\n", _recorder.LookAtAll().AsEnumerable())}\nin\n{_history}");
        }
    }

    private bool HasAllBegun()
    {
        var tasks = _caller.Tasks.Where(task => task.IsBegun).Select(task => task.Handle.Id).ToHashSet();
        var pipelines = _caller.Pipelines.Where(pipeline => pipeline.IsBegun).Select(pipeline => pipeline.Handle.Id).ToHashSet();
        var begins = _caller.Tasks.Select(task => task.Begin).Concat(_caller.Pipelines.Select(pipeline => pipeline.Begin)).OfType<Operation>();
        var models = Linearizer.Ends(_models, [.. _recorder.LookAtAll(), .. begins]);
        return models.Count == 0 || models.Any(
            model => model.Admitted.All(task => tasks.Contains(task.Id)) && model.Running.All(pipeline => pipelines.Contains(pipeline.Id)));
    }

    /// <summary>Waits until all that was admitted has begun. What was told to end has ended already, so nothing is going on then.</summary>
    private void Rest()
    {
        var seen = _caller.LookAtAll();
        foreach (var task in seen.AdmittedTasks)
            _caller.Tasks.Single(live => live.Handle.Id == task.Id).WaitUntilBegun();
        foreach (var pipeline in seen.RunningPipelines)
            _caller.Pipelines.Single(live => live.Handle.Id == pipeline.Id).WaitUntilBegun();
        var rest = _caller.LookAtAll();
        _caller.LookAtHandles();
        _watch?.ReadUpTo(rest);
        foreach (var begin in _caller.Tasks.Select(task => task.TakeBegin()).Concat(_caller.Pipelines.Select(p => p.TakeBegin())))
        {
            if (begin is not null)
                _recorder.Add(begin);
        }
    }

    private void Check()
    {
        var operations = _recorder.TakeAll();
        var before = _models;
        _models = Linearizer.Ends(before, operations);
        if (_models.Count == 0)
        {
            var states = string.Join("\n", before.Select(Linearizer.StateOf));
            Assert.Fail($"No order explains this:\n{string.Join("\n", operations.AsEnumerable())}\nfrom\n{states}\nin\n{_history}");
        }

        Assert.DoesNotContain(_caller.Tasks, task => task.Begins > 1);
        Operations += operations.Length;
    }

    private void End()
    {
        _caller.EndAll();
        Bounded.OnOwnThread(() => _scheduler.Close()).Ends();

        Assert.All(_caller.Tasks, task =>
        {
            Assert.True(task.Handle.IsDone);
            Assert.Equal(task.Handle.IsCanceled ? 0 : 1, task.Begins);
        });
        Assert.All(_caller.Pipelines, pipeline => Assert.Equal(!pipeline.Handle.IsCanceled, pipeline.IsBegun));
        var last = _scheduler.Snapshot();
        Assert.True(last.IsClosed);
        Assert.All(last.Resources, usage => Assert.Equal(0, usage.InUse));
        Assert.Equal((_caller.Tasks.Count, 0, 0), (last.Tasks.Total, last.Tasks.Queued, last.Tasks.Admitted));
        Assert.Equal((_caller.Pipelines.Count, 0, 0), (last.Pipelines.Total, last.Pipelines.Queued, last.Pipelines.Running));
    }
}
