using BenchmarkDotNet.Attributes;
using StageGate.Actors.Core;

namespace StageGate.Actors.Benchmarks.Parts;

/// <summary>What a task that requires something costs more than one that does not.</summary>
[MemoryDiagnoser]
public class LedgerBenchmarks
{
    private KeyValuePair<string, decimal>[] _requirements = [];
    private ResourceCapacities _capacities = null!;
    private ResourceLedger _ledger = null!;
    private IdleTask _task = null!;

    [Params(0, 1, 3, 8)]
    public int Labels { get; set; }

    [GlobalSetup]
    public void MakeLedger()
    {
        _requirements = [.. Enumerable.Range(0, Labels).Select(i => KeyValuePair.Create($"label-{i}", 1.5m))];
        _capacities = new ResourceCapacities(_requirements.Select(pair => KeyValuePair.Create(pair.Key, 4m)));
        _ledger = new ResourceLedger(_capacities);
        _task = new IdleTask(1, new IdlePipeline(1), _capacities.Resolve(_requirements));
    }

    /// <summary>At the door, on the submitter's thread.</summary>
    [Benchmark]
    public object Resolve() => _capacities.Resolve(_requirements);

    /// <summary>In the scheduler's turns.</summary>
    [Benchmark]
    public bool ReserveAndRelease()
    {
        var fits = _ledger.Fits(_task.Demand);
        _ledger.Reserve(_task);
        _ledger.Release(_task);
        return fits;
    }
}
