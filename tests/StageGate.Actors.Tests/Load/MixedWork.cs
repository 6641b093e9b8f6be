using Akka.Actor;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Load;

/// <summary>
/// A scheduler that lives long, and rounds of work of every kind and fate on it. After each round the counts of the scheduler have grown by
/// what the pipelines of the round tell, and nothing is in use.
/// </summary>
internal sealed class MixedWork : IDisposable
{
    private readonly ActorSystem _system = Systems.New();
    private readonly Scheduler _scheduler;
    private SchedulerSnapshot _before;

    public MixedWork(string dispatcher)
    {
        _scheduler = Scheduler.Attach(_system, Schedulers.Options(pipelines: 4, tasks: 4, ("cpu", 3), ("lock", 1)).On(dispatcher));
        _before = _scheduler.Snapshot();
    }

    /// <summary>What the rounds do to each of their handles, if anything; a test of the measuring leaks them here.</summary>
    public Action<WorkHandle> OnHandle { get; init; } = _ => { };

    public void Round(int seed)
    {
        var subscriber = new Correspondent(_system);
        subscriber.Subscribe(_scheduler);

        List<PipelineHandle> handles =
        [
            _scheduler.Run(controls => MixedScripts.Stages(controls, seed)),
            _scheduler.Run(MixedScripts.Fails),
            _scheduler.Run(MixedScripts.CancelsAndTerminates),
            _scheduler.RunAsync<int>(MixedScripts.Async),
            _scheduler.Run(MixedScripts.LeavesOrphans),
            SubmitByMessage(subscriber),
        ];
        handles.AddRange(Canceled());
        handles.AddRange(Nests());
        handles.AddRange(WaitsForItself());
        AwaitSomehow(handles, seed);

        var counts = handles.Select(handle => handle.Snapshot().Tasks).ToList();
        AssertGrownBy(counts, handles.Count);
        handles.ForEach(OnHandle);

        // Who does not unsubscribe is forgotten when it stops.
        if (seed % 2 == 0)
            subscriber.Ask<object>(_scheduler, new SchedulerProtocol.Unsubscribe());
        _system.Stop(subscriber.Ref);
    }

    public void Dispose()
    {
        _scheduler.Close();
        _system.Terminate().EndsSomehow();
        _system.Dispose();
    }

    private PipelineHandle SubmitByMessage(Correspondent subscriber)
    {
        subscriber.Tell(_scheduler, new SchedulerProtocol.SubmitPipeline(new ScriptedPipeline<int>(_ => 1), "by message"));
        while (true)
        {
            if (subscriber.Next() is SchedulerProtocol.PipelineAccepted accepted)
                return accepted.Handle;
        }
    }

    private IEnumerable<PipelineHandle> Canceled()
    {
        for (var i = 0; i < 3; i++)
        {
            var handle = _scheduler.Run(_ => 1);
            Assert.True(handle.Cancel() ? handle.IsCanceled : !handle.IsCanceled);
            yield return handle;
        }
    }

    private IEnumerable<PipelineHandle> Nests()
    {
        PipelineHandle<int>? inner = null;
        var outer = _scheduler.Run(controls =>
        {
            inner = _scheduler.Run(c => c.NewTask(() => 1).Run().GetResult());
            return controls.NewTask(() => 2).Run().GetResult() + inner.GetResult();
        });
        Assert.Equal(3, outer.GetResult(Limits.Wait));
        return [outer, inner!];
    }

    /// <summary>One of the two waits is refused, whichever comes later.</summary>
    private IEnumerable<PipelineHandle> WaitsForItself()
    {
        var refused = 0;
        using var known = new Gate();
        PipelineHandle<int>? self = null;
        self = _scheduler.Run(controls =>
        {
            known.Pass();
            var task = controls.NewTask(() => Refuse(() => self!.GetResult())).Run();
            Refuse(() => task.GetResult());
            return 1;
        });
        known.Open();
        Assert.Equal(1, self.GetResult(Limits.Wait));
        self.Drained.Ends();
        Assert.Equal(1, refused);
        return [self];

        void Refuse(Action wait)
        {
            if (Nested.IsRefused(wait))
                Interlocked.Increment(ref refused);
        }
    }

    private void AwaitSomehow(List<PipelineHandle> handles, int seed)
    {
        var pending = handles.AsEnumerable();
        switch (seed % 4)
        {
            case 0:
                while (pending.Any())
                    pending = _scheduler.WaitPipelines(pending, Limits.Wait, ReturnWhen.FirstCompleted).Pending;
                break;
            case 1:
                _scheduler.WaitPipelinesAsync(pending, Limits.Wait, ReturnWhen.FirstException).Ends();
                break;
            case 2:
                Assert.Equal(handles.Count, Bounded.OnOwnThread(() => Count(_scheduler.AsCompleted(handles))).Ends());
                break;
            default:
                handles.ForEach(handle => handle.Completion.EndsSomehow());
                break;
        }

        handles.ForEach(handle => handle.Drained.Ends());
        Assert.Empty(_scheduler.WaitPipelines(handles, TimeSpan.Zero).Pending);
    }

    private static int Count(CompletionSequence<PipelineHandle> sequence)
    {
        var count = 0;
        foreach (var handle in sequence)
            count += handle.IsDone ? 1 : 0;
        return count;
    }

    private void AssertGrownBy(List<TaskCounts> counts, int pipelines)
    {
        var now = _scheduler.Snapshot();
        Assert.Equal(_before.Pipelines.Total + pipelines, now.Pipelines.Total);
        Assert.Equal((0, 0), (now.Pipelines.Queued, now.Pipelines.Running));
        Assert.Equal(
            _before.Tasks with
            {
                Succeeded = _before.Tasks.Succeeded + counts.Sum(count => count.Succeeded),
                Failed = _before.Tasks.Failed + counts.Sum(count => count.Failed),
                Terminated = _before.Tasks.Terminated + counts.Sum(count => count.Terminated),
                Canceled = _before.Tasks.Canceled + counts.Sum(count => count.Canceled),
            },
            now.Tasks);
        Assert.All(now.Resources, resource => Assert.Equal(0, resource.InUse));
        _before = now;
    }
}
