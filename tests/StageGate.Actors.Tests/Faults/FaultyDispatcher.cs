using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Faults;

/// <summary>
/// A dispatcher of a user's, named in HOCON as <c>faulty</c>, that throws where <c>fails-at</c> says: when it is configured, when it is made,
/// when its actor is started, as one does that gets no thread, or not before the test says so. Until then it gives each actor a thread.
/// </summary>
internal sealed class FaultyDispatcher : MessageDispatcher
{
    [ThreadStatic]
    private static FaultyDispatcher? s_running;

    private readonly Fault _fault;
    private IRunnable? _again;

    private FaultyDispatcher(MessageDispatcherConfigurator configurator, Fault fault)
        : base(configurator)
    {
        _fault = fault;
        Id = "faulty";
        Throughput = 1;
        ShutdownTimeout = TimeSpan.Zero;
    }

    public static string Hocon(string failsAt) => failsAt switch
    {
        "its section" => "faulty = 5",
        "its type" => """faulty { type = "No.Such.Dispatcher, Nowhere" }""",
        _ => $$"""faulty { type = "{{typeof(Maker).AssemblyQualifiedName}}", fails-at = "{{failsAt}}" }""",
    };

    /// <summary>From now on none of the actors gets a thread that has none now.</summary>
    /// <param name="system">Where they live.</param>
    /// <param name="busy">How many of them are running, and go on.</param>
    /// <param name="silently">Whether it says so by throwing.</param>
    public static void Break(ActorSystem system, int busy, bool silently = false)
    {
        var fault = FaultOf(system);
        Assert.True(SpinWait.SpinUntil(() => fault.Threads == busy, Limits.Wait), $"{fault.Threads} are running.");
        fault.IsSilent = silently;
        fault.IsBroken = true;
    }

    /// <summary>The actors get the threads after all that they did not get.</summary>
    public static void Mend(ActorSystem system)
    {
        var fault = FaultOf(system);
        fault.IsBroken = false;
        while (fault.Missed.TryDequeue(out var start))
            start();
    }

    protected override void ExecuteTask(IRunnable run)
    {
        // The one who runs has a thread.
        if (s_running == this)
        {
            _again = run;
            return;
        }

        if (!_fault.IsBroken)
        {
            Start(run);
            return;
        }

        _fault.Missed.Enqueue(() => Start(run));
        if (!_fault.IsSilent)
            throw new NoThreadException();
    }

    protected override void Shutdown()
    {
    }

    private void Start(IRunnable run)
    {
        Interlocked.Increment(ref _fault.Threads);
        new Thread(() => Run(run)) { IsBackground = true }.Start();
    }

    private void Run(IRunnable run)
    {
        s_running = this;
        for (var next = run; next is not null; next = _again)
        {
            _again = null;
            next.Run();
        }

        Interlocked.Decrement(ref _fault.Threads);
    }

    private static Fault FaultOf(ActorSystem system) => ((FaultyDispatcher)system.Dispatchers.Lookup("faulty"))._fault;

    /// <summary>Shared by all of one system.</summary>
    private sealed class Fault
    {
        public int Threads;

        public volatile bool IsBroken;

        public volatile bool IsSilent;

        public ConcurrentQueue<Action> Missed { get; } = new();
    }

    private sealed class Maker : MessageDispatcherConfigurator
    {
        private readonly Fault _fault = new();

        public Maker(Config config, IDispatcherPrerequisites prerequisites)
            : base(config, prerequisites)
        {
            if (config.GetString("fails-at") == "configuration")
                throw new InvalidDataException("No such configuration.");
            _fault.IsBroken = config.GetString("fails-at") == "start";
        }

        public override MessageDispatcher Dispatcher() => Config.GetString("fails-at") == "making"
            ? throw new InvalidDataException("No such dispatcher.")
            : new FaultyDispatcher(this, _fault);
    }
}

internal sealed class NoThreadException() : Exception("No thread to be had.");
