using System.Threading.RateLimiting;

namespace StageGate.Actors.Benchmarks.Runners;

/// <summary>
/// A concurrency limiter with weighted permits in front of the thread pool: the nearest thing to a resource ledger that .NET has. It knows
/// one resource; for several, one limiter each is taken in a fixed order.
/// </summary>
internal sealed class LimiterRunner : TaskRunner
{
    public const string Name = "ConcurrencyLimiter + Task.Run";

    public static readonly Peer Peer = new(Name, "priority, several resources at once, threads", shape => new LimiterRunner(shape));

    private readonly ConcurrencyLimiter[] _limiters;
    private readonly int _permits;

    private LimiterRunner(Shape shape)
    {
        _permits = shape.Workers * Shape.Weight;
        _limiters = [.. Enumerable.Range(0, Math.Max(1, shape.Labels)).Select(_ => NewLimiter(_permits))];
    }

    public static ConcurrencyLimiter NewLimiter(int permits) => new(new ConcurrencyLimiterOptions
    {
        PermitLimit = permits,
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    public override Task<int> Submit(Func<int> work) => _limiters.Length == 1 ? SubmitToOne(work) : SubmitToAll(work);

    public override IDisposable Hold() => _limiters[0].AttemptAcquire(_permits);

    public override void Dispose() => Array.ForEach(_limiters, limiter => limiter.Dispose());

    private Task<int> SubmitToOne(Func<int> work) => Task.Run(async () =>
    {
        using var lease = await _limiters[0].AcquireAsync(Shape.Weight).ConfigureAwait(false);
        return work();
    });

    private Task<int> SubmitToAll(Func<int> work) => Task.Run(async () =>
    {
        var leases = new RateLimitLease?[_limiters.Length];
        try
        {
            for (var i = 0; i < leases.Length; i++)
                leases[i] = await _limiters[i].AcquireAsync(Shape.Weight).ConfigureAwait(false);
            return work();
        }
        finally
        {
            for (var i = leases.Length - 1; i >= 0; i--)
                leases[i]?.Dispose();
        }
    });
}
