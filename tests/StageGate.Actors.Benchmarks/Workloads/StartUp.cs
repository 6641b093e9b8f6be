using System.Diagnostics;
using StageGate.Actors.Benchmarks.Runners;

namespace StageGate.Actors.Benchmarks.Workloads;

/// <summary>From nothing to the first result.</summary>
internal sealed class StartUp() : Workload(
    Id,
    "Make a scheduler with its own actor system, run one pipeline with one no-op task, read its result. Closing is outside the timer. "
        + "The peer: an actor system, a pool, one message and its result.",
    FirstResult)
{
    public const string Id = "start-up";

    public const string FirstOfProcess = "first of the process";

    public const string Repeated = "repeated in the process";

    public static readonly Metric FirstResult = new("first result", "ms", Better.Lower);

    private const int Repeats = 5;

    /// <summary>Measured before the program does anything else: all code is still to be loaded and compiled.</summary>
    public static Figure MeasureFirst() => new(
        Id, FirstOfProcess, StageGateRunner.Name, StageGateRunner.Peer.Lacks, Reference: null, FirstResult, [Ours()]);

    public override IEnumerable<Case> Cases(Scale scale)
    {
        yield return new Case(
            Repeated,
            RoundRobinRunner.Peer.Name,
            [
                Entrant.Of(StageGateRunner.Name, StageGateRunner.Peer.Lacks, () => [Median(Ours)]),
                Entrant.Of(RoundRobinRunner.Peer.Name, RoundRobinRunner.Peer.Lacks, () => [Median(Theirs)]),
            ]);
    }

    private static double Median(Func<double> once) => Spread.Of(Enumerable.Range(0, Repeats).Select(_ => once())).Median;

    private static double Ours()
    {
        var start = Stopwatch.GetTimestamp();
        using var scheduler = new Scheduler(new SchedulerOptions { TaskParallelism = Shape.Cores });
        var result = scheduler.RunPipeline(new OneTask()).GetResult();
        var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        NoOp.Check(result, 1);
        return elapsed;
    }

    private static double Theirs()
    {
        var start = Stopwatch.GetTimestamp();
        using var runner = (TaskRunner)RoundRobinRunner.Peer.Open(new Shape());
        var result = runner.Result(runner.Submit(NoOp.Work));
        var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        NoOp.Check(result, 1);
        return elapsed;
    }

    private sealed class OneTask : Pipeline<int>
    {
        protected override int Run() => NewTask(NoOp.Work).Run().GetResult();
    }
}
