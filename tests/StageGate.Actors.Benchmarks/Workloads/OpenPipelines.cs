using System.Diagnostics;
using StageGate.Actors.Benchmarks.Runners;

namespace StageGate.Actors.Benchmarks.Workloads;

/// <summary>Ten thousand async pipelines that are open at the same time.</summary>
internal sealed class OpenPipelines() : Workload(
    "open-pipelines",
    "Submit n async pipelines, each of which submits one task and awaits it; the workers are held until all are open. Then let go, wait "
        + "for all, read every result. Counting memory and threads is outside the timer. The peer: as many async methods.",
    new Metric("to open", "us/pipeline", Better.Lower),
    new Metric("to finish", "us/pipeline", Better.Lower),
    new Metric("open", "B/pipeline", Better.Lower),
    new Metric("threads", "more", Better.Lower))
{
    private const int Count = 10_000;

    public override IEnumerable<Case> Cases(Scale scale)
    {
        yield return new Case(
            $"{Count} open",
            SemaphoreRunner.Name,
            [
                Entrant.Of(
                    StageGateRunner.Name + ", AsyncPipeline",
                    StageGateRunner.Peer.Lacks,
                    () => new StageGateRunner(new Shape(Pipelines: Count + 1)),
                    Ours),
                Entrant.Of(
                    SemaphoreRunner.Name,
                    SemaphoreRunner.Peer.Lacks,
                    () => (TaskRunner)SemaphoreRunner.Peer.Open(new Shape()),
                    Theirs),
            ]);
    }

    private static double[] Ours(StageGateRunner runner)
    {
        var scheduler = runner.Scheduler;
        using var holder = new Holder();
        scheduler.RunPipeline(holder);
        holder.Held.Wait();
        return Measure(
            opened =>
            {
                var handles = new PipelineHandle<int>[Count];
                for (var i = 0; i < Count; i++)
                    handles[i] = scheduler.RunPipeline(new Waits(opened));
                return handles;
            },
            holder.Release.Set,
            handles =>
            {
                scheduler.WaitPipelines(handles);
                return handles.Sum(handle => handle.GetResult());
            });
    }

    private static double[] Theirs(TaskRunner runner)
    {
        var held = runner.Hold();
        return Measure(
            opened =>
            {
                var tasks = new Task<int>[Count];
                for (var i = 0; i < Count; i++)
                    tasks[i] = Task.Run(() => WaitsToo(runner, opened));
                return tasks;
            },
            held.Dispose,
            tasks =>
            {
                Task.WaitAll(tasks);
                return tasks.Sum(task => task.Result);
            });
    }

    private static async Task<int> WaitsToo(TaskRunner runner, CountdownEvent opened)
    {
        var task = runner.Submit(NoOp.Work);
        opened.Signal();
        return await task.ConfigureAwait(false);
    }

    private static double[] Measure<THandles>(Func<CountdownEvent, THandles> open, Action release, Func<THandles, int> finish)
    {
        using var opened = new CountdownEvent(Count);
        var bytes = Memory.Held();
        var threads = Threads();
        var start = Stopwatch.GetTimestamp();
        var handles = open(opened);
        opened.Wait();
        var toOpen = Stopwatch.GetElapsedTime(start);

        bytes = Memory.Held() - bytes;
        threads = Threads() - threads;

        start = Stopwatch.GetTimestamp();
        release();
        var sum = finish(handles);
        var toFinish = Stopwatch.GetElapsedTime(start);
        NoOp.Check(sum, Count);
        return [toOpen.TotalMicroseconds / Count, toFinish.TotalMicroseconds / Count, (double)bytes / Count, threads];
    }

    private static int Threads()
    {
        using var process = Process.GetCurrentProcess();
        return process.Threads.Count;
    }

    /// <summary>Keeps the workers busy until it is told to end.</summary>
    private sealed class Holder : Pipeline, IDisposable
    {
        public ManualResetEventSlim Held { get; } = new();

        public ManualResetEventSlim Release { get; } = new();

        public void Dispose()
        {
            Held.Dispose();
            Release.Dispose();
        }

        protected override void Run()
        {
            using var held = new HeldWorkers(Shape.Cores, work => NewTask(work).Run());
            Held.Set();
            Release.Wait();
        }
    }

    private sealed class Waits(CountdownEvent opened) : AsyncPipeline<int>
    {
        protected override async Task<int> RunAsync(CancellationToken cancellationToken)
        {
            var task = NewTask(NoOp.Work).Run();
            opened.Signal();
            return await task;
        }
    }
}
