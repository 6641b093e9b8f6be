using System.Threading.Tasks.Dataflow;

namespace StageGate.Actors.Benchmarks.Runners;

/// <summary>TPL Dataflow.</summary>
internal sealed class ActionBlockRunner(int workers) : TaskRunner
{
    public static readonly Peer Peer = new(
        "Dataflow ActionBlock", "priority, resources, threads", shape => new ActionBlockRunner(shape.Workers));

    private readonly ActionBlock<WorkItem> _block = new(
        item => item.Run(), new ExecutionDataflowBlockOptions { MaxDegreeOfParallelism = workers });

    public override Task<int> Submit(Func<int> work)
    {
        var item = new WorkItem(work);
        _block.Post(item);
        return item.Task;
    }

    public override IDisposable Hold() => new HeldWorkers(workers, work => Submit(work));

    public override void Dispose()
    {
        _block.Complete();
        _block.Completion.Wait();
    }
}
