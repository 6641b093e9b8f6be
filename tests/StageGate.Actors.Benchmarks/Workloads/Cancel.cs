using System.Diagnostics;
using StageGate.Actors.Benchmarks.Runners;

namespace StageGate.Actors.Benchmarks.Workloads;

/// <summary>Queued work that is taken back, one by one.</summary>
internal sealed class Cancel() : Workload(
    "cancel",
    "With n tasks queued behind held workers: cancel each, and see that it is canceled. Ours is asked for each handle, and has answered "
        + "when the call returns; the peers have a cancellation token for each. Submitting is outside the timer.",
    new Metric("cost", "us/task", Better.Lower))
{
    public override IEnumerable<Case> Cases(Scale scale)
    {
        const int count = 100_000;
        yield return new Case(
            $"{count} queued",
            SemaphoreRunner.Name,
            [
                Entrant.Of(
                    StageGateRunner.Name,
                    StageGateRunner.Peer.Lacks,
                    () => new StageGateRunner(new Shape()),
                    runner => [runner.Scheduler.RunPipeline(new Ours(count)).GetResult() / count]),
                Entrant.Of(SemaphoreRunner.Name, SemaphoreRunner.Peer.Lacks, () => [WithSemaphore(count) / count]),
                Entrant.Of(LimiterRunner.Name, LimiterRunner.Peer.Lacks, () => [WithLimiter(count) / count]),
            ]);
    }

    private static double WithSemaphore(int count)
    {
        using var slots = new SemaphoreSlim(0);
        return CancelTokens(count, token => slots.WaitAsync(token));
    }

    private static double WithLimiter(int count)
    {
        using var limiter = LimiterRunner.NewLimiter(permits: 1);
        using var held = limiter.AttemptAcquire();
        return CancelTokens(count, async token =>
        {
            using var lease = await limiter.AcquireAsync(1, token).ConfigureAwait(false);
        });
    }

    private static double CancelTokens(int count, Func<CancellationToken, Task> queue)
    {
        var tokens = new CancellationTokenSource[count];
        var tasks = new Task[count];
        for (var i = 0; i < count; i++)
        {
            tokens[i] = new CancellationTokenSource();
            tasks[i] = queue(tokens[i].Token);
        }

        var start = Stopwatch.GetTimestamp();
        foreach (var token in tokens)
            token.Cancel();
        Task.WhenAll(tasks).ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        var canceled = tasks.Count(task => task.IsCanceled);
        var elapsed = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        NoOp.Check(canceled, count);
        return elapsed;
    }

    private sealed class Ours(int count) : Pipeline<double>
    {
        protected override double Run()
        {
            using var held = new HeldWorkers(Shape.Cores, work => NewTask(work).Run());
            var handles = new TaskHandle<int>[count];
            for (var i = 0; i < count; i++)
                handles[i] = NewTask(NoOp.Work).Run();

            var start = Stopwatch.GetTimestamp();
            var canceled = handles.Count(handle => handle.Cancel());
            var elapsed = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            NoOp.Check(canceled, count);
            return elapsed;
        }
    }
}
