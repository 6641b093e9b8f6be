using BenchmarkDotNet.Attributes;
using StageGate.Actors.Core;

namespace StageGate.Actors.Benchmarks.Parts;

/// <summary>In and out of the queue of tasks, with tasks of so many pipelines in it.</summary>
[MemoryDiagnoser]
public class QueueBenchmarks
{
    private const int TasksOfEach = 10;

    private readonly TaskQueue _queue = new();
    private long _lastId;

    [Params(1, 100, 10_000)]
    public int Pipelines { get; set; }

    [GlobalSetup]
    public void FillQueue()
    {
        for (var i = 0; i < Pipelines; i++)
        {
            var pipeline = new IdlePipeline(i + 1);
            for (var j = 0; j < TasksOfEach; j++)
                _queue.Enqueue(new IdleTask(++_lastId, pipeline));
        }
    }

    /// <summary>The head leaves, and comes back as the last of its pipeline.</summary>
    [Benchmark]
    public void StageQueueStays()
    {
        var head = _queue.Head!;
        _queue.Remove(head);
        _queue.Enqueue(head);
    }

    /// <summary>The only task of a pipeline comes and goes.</summary>
    [Benchmark]
    public void StageQueueComesAndGoes()
    {
        var task = new IdleTask(++_lastId, new IdlePipeline(Pipelines + 1));
        _queue.Enqueue(task);
        _queue.Remove(task);
    }
}
