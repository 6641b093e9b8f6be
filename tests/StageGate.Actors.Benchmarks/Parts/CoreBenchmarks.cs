using BenchmarkDotNet.Attributes;
using StageGate.Actors.Core;

namespace StageGate.Actors.Benchmarks.Parts;

/// <summary>All that is decided about one task, from its submission to its end, with so many queued before it.</summary>
[MemoryDiagnoser]
public class CoreBenchmarks
{
    private readonly Queue<TaskEntry> _admitted = new();
    private readonly IdlePipeline _pipeline = new(1);
    private SchedulerCore _core = null!;
    private long _lastId;

    [Params(0, 1_000, 100_000)]
    public int Queued { get; set; }

    [GlobalSetup]
    public void FillQueue()
    {
        _core = new SchedulerCore(new ResourceCapacities([]), pipelineParallelism: 1, taskParallelism: 1);
        _core.Submit(_pipeline);

        // With nothing queued the one worker is idle, too.
        for (var i = 0; Queued > 0 && i <= Queued; i++)
            Submit();
        CarryOut();
    }

    [Benchmark]
    public void SubmitAndEnd()
    {
        Submit();
        CarryOut();
        _core.End(_admitted.Dequeue(), TaskState.Succeeded);
        CarryOut();
    }

    private void Submit() => _core.Submit(new IdleTask(++_lastId, _pipeline));

    private void CarryOut()
    {
        while (_core.TryDecide(out var decision))
        {
            if (decision.Kind == DecisionKind.RunTask)
                _admitted.Enqueue(decision.Task!);
        }
    }
}
