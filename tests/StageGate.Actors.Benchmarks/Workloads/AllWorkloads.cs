namespace StageGate.Actors.Benchmarks.Workloads;

/// <summary>What is measured, in this order.</summary>
internal static class AllWorkloads
{
    /// <remarks>
    /// Those that make the thread pool start threads come last: it keeps them for a while, and they would disturb the peers of the others.
    /// </remarks>
    public static readonly IReadOnlyList<Workload> InOrder =
    [
        new StartUp(),
        new FanOut(),
        new QueueDepth(),
        new Window(),
        new PingPong(),
        new ThreeStages(),
        new FirstCompleted(),
        new AsCompleted(),
        new Spinning(),
        new Labels(),
        new Cancel(),
        new HeldBytes(),
        new OpenPipelines(),
        new Workers(),
        new Blocking(),
    ];
}
