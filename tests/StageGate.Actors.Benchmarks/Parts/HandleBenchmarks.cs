using BenchmarkDotNet.Attributes;
using StageGate.Actors.Completions;

namespace StageGate.Actors.Benchmarks.Parts;

/// <summary>How an end becomes known.</summary>
[MemoryDiagnoser]
public class HandleBenchmarks
{
    private const int Handles = 1_000;

    private readonly TaskState _ending = TaskState.Succeeded;
    private Scheduler _scheduler = null!;
    private PipelineHandle[] _ended = [];

    [GlobalSetup]
    public void RunPipelines()
    {
        _scheduler = new Scheduler(new SchedulerOptions());
        _ended = [.. Enumerable.Range(0, Handles).Select(_ => _scheduler.RunPipeline(new Empty()))];
        _scheduler.WaitPipelines(_ended);
    }

    [GlobalCleanup]
    public void Close() => _scheduler.Close();

    [Benchmark]
    public object EndUnobserved()
    {
        var outcome = new Outcome<int>();
        outcome.Progress.TryEnd(_ending, failure: null, out _);
        return outcome;
    }

    [Benchmark]
    public object EndOfATask()
    {
        var outcome = new Outcome<int>();
        CompletionTask? task = null;
        CompletionTask.Keep(ref task, new CompletionTask<int>(outcome, () => 1));
        outcome.Progress.TryEnd(_ending, failure: null, out _);
        return task!;
    }

    [Benchmark(OperationsPerInvoke = Handles)]
    public object WaitForEnded() => _scheduler.WaitPipelines(_ended).Done;

    private sealed class Empty : Pipeline
    {
        protected override void Run()
        {
        }
    }
}
