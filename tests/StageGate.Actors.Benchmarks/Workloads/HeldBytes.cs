using StageGate.Actors.Benchmarks.Runners;

namespace StageGate.Actors.Benchmarks.Workloads;

/// <summary>What a task costs in memory while it waits, over its life, and when it is over.</summary>
internal sealed class HeldBytes() : Workload(
    Id,
    "n no-op tasks queued behind held workers, and their handles: what is alive then; what has been allocated once every result was "
        + "read, one after the other; what is alive once the handles are dropped. Divided by n. The array of handles does not count.",
    Queued,
    Allocated,
    Ended)
{
    public const string Id = "bytes";

    public const string Only = "100000 tasks";

    public static readonly Metric Queued = new("queued", "B/task", Better.Lower);

    public static readonly Metric Allocated = new("allocated", "B/task", Better.Lower);

    public static readonly Metric Ended = new("ended", "B/task", Better.Lower);

    public override IEnumerable<Case> Cases(Scale scale)
    {
        yield return Peers.Case(Only, new Script(100_000), new Shape(), Peers.All);
    }

    private sealed class Script(int count) : IScript
    {
        public double[] Run<THandle>(ISubmitter<THandle> submitter)
        {
            var handles = new THandle[count];
            var heldBefore = Memory.Held();
            var allocatedBefore = Memory.Allocated();
            var held = submitter.Hold();
            for (var i = 0; i < count; i++)
                handles[i] = submitter.Submit(NoOp.Work);

            // Some of the peers queue what they were given by way of the thread pool.
            SpinWait.SpinUntil(() => ThreadPool.PendingWorkItemCount == 0);
            var queued = Memory.Held() - heldBefore;

            held.Dispose();
            long sum = 0;
            for (var i = 0; i < count; i++)
                sum += submitter.Result(handles[i]);
            NoOp.Check(sum, count);
            var allocated = Memory.Allocated() - allocatedBefore;

            Array.Clear(handles);
            var ended = Memory.Held() - heldBefore;
            GC.KeepAlive(handles);
            return [(double)queued / count, (double)allocated / count, (double)ended / count];
        }
    }
}
