using System.Diagnostics;
using StageGate.Actors.Benchmarks.Runners;

namespace StageGate.Actors.Benchmarks.Workloads;

/// <summary>Submit so many tasks, take them as they end, read every result.</summary>
internal static class Drain
{
    public const string OthersName = SemaphoreRunner.Name + ", WhenEach";

    public static readonly Metric Cost = new("cost", "us/handle", Better.Lower);

    public static Entrant Ours(DrainSize size, Func<DrainSize, Pipeline<double>> newPipeline) => Entrant.Of(
        StageGateRunner.Name,
        StageGateRunner.Peer.Lacks,
        () => new StageGateRunner(new Shape()),
        runner => [runner.Scheduler.RunPipeline(newPipeline(size)).GetResult()]);

    /// <summary>What one writes with tasks, since .NET 9.</summary>
    public static Entrant WhenEach(DrainSize size) => Theirs(OthersName, size, async tasks =>
    {
        long sum = 0;
        await foreach (var task in Task.WhenEach(tasks).ConfigureAwait(false))
            sum += await task.ConfigureAwait(false);
        return sum;
    });

    public static Entrant Theirs(string name, DrainSize size, Func<List<Task<int>>, Task<long>> drain) => Entrant.Of(
        name,
        SemaphoreRunner.Peer.Lacks,
        () => (TaskRunner)SemaphoreRunner.Peer.Open(new Shape()),
        runner => [CostOf(size, () =>
        {
            var tasks = new List<Task<int>>(size.Count);
            for (var i = 0; i < size.Count; i++)
                tasks.Add(runner.Submit(size.Work));
            return drain(tasks).GetAwaiter().GetResult();
        })]);

    /// <returns>Microseconds for each handle.</returns>
    public static double CostOf(DrainSize size, Func<long> submitAndDrain)
    {
        long sum = 0;
        var tasks = (long)size.Count * size.Repeats;
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < size.Repeats; i++)
            sum += submitAndDrain();
        var elapsed = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        NoOp.Check(sum, tasks);
        return elapsed / tasks;
    }
}
