using Akka;
using Akka.Actor;
using Microsoft.Extensions.Logging;

namespace StageGate.Actors.Hosting.Stopping;

/// <summary>
/// Stops one scheduler with its host: takes nothing more, waits for what runs, asks the rest to terminate, and names what did not. It ends
/// in time, whatever user code does, also where the host's clock or its logger throws.
/// </summary>
internal sealed class GracefulStop(HostedScheduler hosted, Scheduler scheduler, ILogger logger)
{
    private readonly Lock _gate = new();
    private Task<Done>? _run;

    /// <summary>
    /// The one stop, begun by whoever calls first. Never faults, and never blocks its caller, who has other schedulers to stop at the same time.
    /// </summary>
    public Task<Done> Run()
    {
        lock (_gate)
            return _run ??= Begin();
    }

    private Task<Done> Begin()
    {
        // A task or a pipeline may be the one that stops the host. It is part of what is waited for, and asked to terminate, like any
        // other; only its context must not come along, or closing would be refused as closing from inside.
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
            return Task.Run(Stop);
    }

    private async Task<Done> Stop()
    {
        var options = hosted.Options;
        var hadEnded = scheduler.IsClosed;
        if (hadEnded)
            Log.Attempt(() => logger.HadEnded(hosted.Name));
        else
            Log.Attempt(() => logger.Stopping(hosted.Name, options.StopTimeout, options.DrainOnStop ? "run" : "canceled"));
        var closed = scheduler.CloseAsync(cancelPendingPipelines: !options.DrainOnStop);
        if (!await Ends(closed, options.StopTimeout).ConfigureAwait(false))
        {
            // Where all work has ended, the actors are on their way out, and there is nothing to report.
            if (StillRunning.Describe(scheduler.Snapshot()) is { } late)
                Log.Attempt(() => logger.AskedToTerminate(hosted.Name, options.StopTimeout, late));
            scheduler.ActorRef.Tell(SchedulerProtocol.RequestTermination.Instance, ActorRefs.NoSender);
            if (!await Ends(closed, options.TerminationGrace).ConfigureAwait(false)
                && StillRunning.Describe(scheduler.Snapshot()) is { } left)
            {
                Log.Attempt(() => logger.LeftBehind(hosted.Name, options.TerminationGrace, left));
                return Done.Instance;
            }
        }

        if (!await Ends(hosted.Scopes.AllClosed(), options.TerminationGrace).ConfigureAwait(false))
            Log.Attempt(() => logger.ScopesLeft(hosted.Name, hosted.Scopes.Count));
        if (!hadEnded)
            Log.Attempt(() => logger.Stopped(hosted.Name));
        return Done.Instance;
    }

    private async Task<bool> Ends(Task task, TimeSpan limit)
    {
        var timeIsUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var timer = StartTimer(timeIsUp, limit);
        await Task.WhenAny(task, timeIsUp.Task).ConfigureAwait(false);
        try
        {
            timer.Dispose();
        }
        catch (Exception)
        {
            // If it fires all the same, nobody is waiting any more.
        }

        return task.IsCompleted;
    }

    /// <summary>Not left to <c>WaitAsync</c>: what a timer of the host's throws there, when it is disposed of, ends the process.</summary>
    private ITimer StartTimer(TaskCompletionSource timeIsUp, TimeSpan limit)
    {
        TimerCallback fire = static state => ((TaskCompletionSource)state!).TrySetResult();
        try
        {
            return hosted.Time.CreateTimer(fire, timeIsUp, limit, Timeout.InfiniteTimeSpan);
        }
        catch (Exception)
        {
            // The clock throws, and the stop is to have its limits all the same.
            return TimeProvider.System.CreateTimer(fire, timeIsUp, limit, Timeout.InfiniteTimeSpan);
        }
    }
}
