using Akka.Configuration;
using Akka.Dispatch;
using StageGate.Actors.Work;

namespace StageGate.Actors.Engine.Dispatch;

/// <summary>
/// Runs a mailbox on whichever thread made it non-empty. An actor on it is an ordinary actor, one message at a time; but no message to
/// it needs another thread to wake up, and a starved thread pool does not touch it.
/// </summary>
/// <remarks>
/// Only for actors that run no user code and never block. A worker that reports an end thus runs the scheduler itself, and finds its
/// next task in its own mailbox when it comes back: no thread has been switched.
/// </remarks>
internal sealed class InlineDispatcher : MessageDispatcher
{
    /// <summary>How many mailbox runs a thread does in one go before another one takes over.</summary>
    private const int RunsBeforeRelief = 16;

    /// <summary>What this thread has yet to run; not null while it is running something.</summary>
    [ThreadStatic]
    private static Queue<IRunnable>? s_pending;

    [ThreadStatic]
    private static Queue<IRunnable>? s_spare;

    private readonly bool _isReady;

    public InlineDispatcher(MessageDispatcherConfigurator configurator, string id)
        : base(configurator)
    {
        Id = id;
        Throughput = 4;

        // An inhabitant that never leaves: there is nothing to shut down, so no shutdown need be scheduled. See PinnedThreadDispatcher.
        Schedule(static () => { });
        _isReady = true;
    }

    /// <summary>Runs it now, or after what this thread is running now.</summary>
    public void Execute(IRunnable run) => ExecuteTask(run);

    protected override void ExecuteTask(IRunnable run)
    {
        if (!_isReady)
            return;

        // Not nested: the mailbox that is running now ends first, so the stack stays flat and no actor is entered twice.
        if (s_pending is { } pending)
        {
            pending.Enqueue(run);
            return;
        }

        var queue = s_spare ??= new Queue<IRunnable>();
        queue.Enqueue(run);
        RunAll(queue, RunsBeforeRelief);
    }

    protected override void Shutdown()
    {
    }

    private void RunAll(Queue<IRunnable> queue, int runs)
    {
        // What runs here takes locks, ours, Akka's and the runtime's. An interrupt that waits for its thread would break off a turn there.
        using var uninterrupted = LeftInterrupt.PutOff();

        // Akka's own code awaits here and there, and must not go on in the context of a caller who may be about to block.
        var context = SynchronizationContext.Current;
        if (context is not null)
            SynchronizationContext.SetSynchronizationContext(null);
        s_pending = queue;
        try
        {
            while (queue.TryDequeue(out var run))
            {
                Run(run);
                if (--runs <= 0 && queue.Count > 0 && TryRelieve(queue))
                    return;
            }
        }
        finally
        {
            s_pending = null;
            if (context is not null)
                SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private void Run(IRunnable run)
    {
        try
        {
            run.Run();
        }
        catch (Exception exception)
        {
            // A mailbox catches what its actor throws. Whatever comes out of it all the same must not reach the caller of a Tell.
            TryReport(exception);
        }
    }

    private void TryReport(Exception exception)
    {
        try
        {
            ReportFailure(exception);
        }
        catch (Exception)
        {
            // A listener to Akka's errors has thrown. There is nobody left to tell, and what else this thread has to run may be of others.
        }
    }

    /// <summary>
    /// Lets a caller go that has worked for others long enough. The rest gets a thread of its own, which nobody waits for and which may
    /// take its time; a pool thread would not do, because the pool may be starved.
    /// </summary>
    private bool TryRelieve(Queue<IRunnable> queue)
    {
        try
        {
            new Thread(() => RunAll(queue, int.MaxValue)) { IsBackground = true, Name = $"{Id}-relief" }.UnsafeStart();
            s_spare = null;
            return true;
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
            // No thread to be had: the caller has to go on.
            return false;
        }
    }
}

/// <summary>Makes one inline dispatcher for all actors that name it. Named in HOCON as the <c>type</c> of a dispatcher.</summary>
internal sealed class InlineDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly InlineDispatcher _dispatcher;

    public InlineDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) =>
        _dispatcher = new InlineDispatcher(this, Config.GetString("id", "stagegate"));

    public override MessageDispatcher Dispatcher() => _dispatcher;
}
