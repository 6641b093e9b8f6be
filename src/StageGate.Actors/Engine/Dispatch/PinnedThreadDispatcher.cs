using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;

namespace StageGate.Actors.Engine.Dispatch;

/// <summary>
/// One thread for one actor, as Akka's PinnedDispatcher has it, but with a readable name, started without the context of whoever
/// caused it, and gone as soon as the actor is: no time-out has to pass, and its end can be waited for.
/// </summary>
internal sealed class PinnedThreadDispatcher : MessageDispatcher
{
    public PinnedThreadDispatcher(MessageDispatcherConfigurator configurator, string id, Func<string> threadName)
        : base(configurator)
    {
        Id = id;

        // One message at a time: each may run for hours, and a stop must not wait for the rest of a batch.
        Throughput = 1;

        // An inhabitant that never leaves, made while there is no thread that could run it. Without any, the base class schedules its
        // shutdown on the system's timer, whose first use waits for a thread of the pool; and the pool may be starved.
        Schedule(static () => { });
        Thread = new DedicatedThread(threadName);
    }

    public DedicatedThread? Thread { get; }

    /// <summary>The actor has stopped. This is called on its own thread, in its last run.</summary>
    public override void Detach(ActorCell cell)
    {
        try
        {
            base.Detach(cell);
        }
        finally
        {
            // What the actor had not read becomes dead letters there, and those who listen to them may throw.
            Thread?.Complete();
        }
    }

    protected override void ExecuteTask(IRunnable run) => Thread?.Execute(run);

    protected override void Shutdown()
    {
    }
}

/// <summary>Makes a dispatcher, and so a thread, for each actor. Named in HOCON as the <c>type</c> of a dispatcher.</summary>
internal sealed class PinnedThreadDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    : MessageDispatcherConfigurator(config, prerequisites)
{
    private int _threads;

    public override MessageDispatcher Dispatcher() => new PinnedThreadDispatcher(this, Config.GetString("id", "stagegate"), NextName);

    private string NextName() => $"{Config.GetString("thread-name", "stagegate")}-{Interlocked.Increment(ref _threads)}";
}
