using BenchmarkDotNet.Attributes;
using StageGate.Actors.Engine;
using StageGate.Actors.Engine.Events;

namespace StageGate.Actors.Benchmarks.Parts;

/// <summary>Facts on their way to the scheduler, without anybody who contends for them.</summary>
[MemoryDiagnoser]
public class InboxBenchmarks
{
    private const int Facts = 64;

    private readonly IdleTask _subject = new(1, new IdlePipeline(1));

    // Nobody has subscribed to events, so the feed asks its engine for nothing.
    private readonly Inbox _inbox = new(new EventFeed(engine: null!, TimeProvider.System));

    [Benchmark(OperationsPerInvoke = Facts)]
    public int PostAndTake()
    {
        for (var i = 0; i < Facts; i++)
            _inbox.Add(new Fact(FactKind.TaskSubmitted, _subject));

        var taken = 0;
        while (_inbox.TryTake(out _))
            taken++;

        return taken;
    }
}
