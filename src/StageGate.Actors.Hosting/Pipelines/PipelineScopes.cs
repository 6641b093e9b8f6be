using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace StageGate.Actors.Hosting.Pipelines;

/// <summary>
/// The service scopes of the submissions to one scheduler. Each lives until the pipeline and all tasks that it submitted have ended, and is
/// disposed of once.
/// </summary>
internal sealed class PipelineScopes(string scheduler)
{
    private readonly ConcurrentDictionary<Task, byte> _open = new();

    public ILogger Logger { get; set; } = NullLogger.Instance;

    public int Count => _open.Count;

    /// <summary>Ends when all scopes that are open now are closed.</summary>
    public Task AllClosed() => Task.WhenAll(_open.Keys);

    /// <summary>
    /// A scope is open. Said before its pipeline is submitted: that may have ended, and the scheduler be closed, before the submission returns.
    /// </summary>
    /// <returns>Ends when the scope is closed.</returns>
    public TaskCompletionSource Open()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _open.TryAdd(closed.Task, 0);
        return closed;
    }

    /// <summary>Disposes of the scope when all is over. Its faults go to the log.</summary>
    public void CloseAfter(PipelineHandle pipeline, AsyncServiceScope scope, TaskCompletionSource closed) =>
        _ = Close(pipeline.Drained, scope, closed, Text.Describe("pipeline", pipeline.Id, pipeline.Name));

    /// <summary>Disposes of a scope whose pipeline was not accepted. Its faults go to the log.</summary>
    public void CloseUnused(AsyncServiceScope scope, TaskCompletionSource closed, string pipeline) =>
        _ = Close(drained: null, scope, closed, pipeline);

    private async Task Close(Task? drained, AsyncServiceScope scope, TaskCompletionSource closed, string pipeline)
    {
        try
        {
            // Never on the thread of whoever has submitted it, though it may have ended by now: services may block where they are disposed of.
            if (drained is not null)
                await drained.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
            await scope.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Log.Attempt(() => Logger.ScopeFault(exception, pipeline, scheduler));
        }
        finally
        {
            // First out of the count: whoever has waited for all finds none.
            _open.TryRemove(closed.Task, out byte _);
            closed.SetResult();
        }
    }
}
