namespace StageGate.Actors.Benchmarks.Workloads;

/// <summary>A loop over tasks in the order in which they end.</summary>
internal sealed class AsCompleted() : Workload(
    "as-completed",
    "Submit n tasks, take them in the order in which they end, read the result of each.",
    Drain.Cost)
{
    public override IEnumerable<Case> Cases(Scale scale) => DrainSize.All(scale).Select(size => new Case(
        size.Name, Drain.OthersName, [Drain.Ours(size, size => new Loop(size)), Drain.WhenEach(size)]));

    private sealed class Loop(DrainSize size) : Pipeline<double>
    {
        protected override double Run() => Drain.CostOf(size, () =>
        {
            var handles = new List<TaskHandle<int>>(size.Count);
            for (var i = 0; i < size.Count; i++)
                handles.Add(NewTask(size.Work).Run());

            long sum = 0;
            foreach (var handle in AsCompleted(handles))
                sum += handle.GetResult();
            return sum;
        });
    }
}
