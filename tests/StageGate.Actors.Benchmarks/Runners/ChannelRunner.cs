using System.Threading.Channels;

namespace StageGate.Actors.Benchmarks.Runners;

/// <summary>A channel, and n loops on the thread pool that read from it.</summary>
internal sealed class ChannelRunner : TaskRunner
{
    public static readonly Peer Peer = new(
        "Channel + n workers", "priority, resources, threads", shape => new ChannelRunner(shape.Workers));

    private readonly Channel<WorkItem> _channel = Channel.CreateUnbounded<WorkItem>();
    private readonly Task[] _workers;

    private ChannelRunner(int workers) =>
        _workers = [.. Enumerable.Range(0, workers).Select(_ => Task.Run(Work))];

    public override Task<int> Submit(Func<int> work)
    {
        var item = new WorkItem(work);
        _channel.Writer.TryWrite(item);
        return item.Task;
    }

    public override IDisposable Hold() => new HeldWorkers(_workers.Length, work => Submit(work));

    public override void Dispose()
    {
        _channel.Writer.Complete();
        Task.WaitAll(_workers);
    }

    private async Task Work()
    {
        var reader = _channel.Reader;
        while (await reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (reader.TryRead(out var item))
                item.Run();
        }
    }
}
