using StageGate.Actors.Benchmarks.Runners;

namespace StageGate.Actors.Benchmarks.Workloads;

/// <summary>A loop that waits for whichever of the pending tasks ends first.</summary>
internal sealed class FirstCompleted() : Workload(
    Id,
    "Submit n tasks; until none is pending, wait for the first of the pending ones to end, and read the results of those that have. "
        + "The reference takes Task.WhenEach instead of a loop of Task.WhenAny, which registers with every pending task each time, and "
        + "competes at 1,000 only.",
    Drain.Cost)
{
    public const string Id = "first-completed";

    private const int MostForWhenAny = 1_000;

    public override IEnumerable<Case> Cases(Scale scale) => DrainSize.All(scale).Select(size => new Case(
        size.Name,
        Drain.OthersName,
        [
            Drain.Ours(size, size => new Loop(size)),
            Drain.WhenEach(size),
            .. size.Count <= MostForWhenAny ? [WhenAny(size)] : Array.Empty<Entrant>(),
        ]));

    private static Entrant WhenAny(DrainSize size) => Drain.Theirs(SemaphoreRunner.Name + ", WhenAny", size, async pending =>
    {
        long sum = 0;
        while (pending.Count > 0)
        {
            var task = await Task.WhenAny(pending).ConfigureAwait(false);
            pending.Remove(task);
            sum += await task.ConfigureAwait(false);
        }

        return sum;
    });

    private sealed class Loop(DrainSize size) : Pipeline<double>
    {
        protected override double Run() => Drain.CostOf(size, () =>
        {
            var handles = new List<TaskHandle<int>>(size.Count);
            for (var i = 0; i < size.Count; i++)
                handles.Add(NewTask(size.Work).Run());

            long sum = 0;
            var (done, pending) = Wait(handles, returnWhen: ReturnWhen.FirstCompleted);
            while (true)
            {
                foreach (var handle in done)
                    sum += handle.GetResult();
                if (pending.Count == 0)
                    return sum;
                (done, pending) = Wait(pending, returnWhen: ReturnWhen.FirstCompleted);
            }
        });
    }
}
