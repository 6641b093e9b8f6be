using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Protocol;

/// <summary>A dispatcher of a user's whose queue may be full: then it blocks whoever hands it an actor.</summary>
internal sealed class FullDispatcher : MessageDispatcher
{
    public const string Name = "full";

    [ThreadStatic]
    private static bool s_isRunning;

    private volatile Gate? _gate;

    private FullDispatcher(MessageDispatcherConfigurator configurator)
        : base(configurator)
    {
        Id = Name;
        Throughput = 1;
        ShutdownTimeout = TimeSpan.Zero;
    }

    public static string Hocon => $$"""{{Name}} { type = "{{typeof(Maker).AssemblyQualifiedName}}" }""";

    /// <summary>From now on it blocks at the gate.</summary>
    public static void Fill(ActorSystem system, Gate gate) => ((FullDispatcher)system.Dispatchers.Lookup(Name))._gate = gate;

    protected override void ExecuteTask(IRunnable run)
    {
        // An actor that has more to do hands itself over; nobody is blocked by that.
        if (!s_isRunning)
            _gate?.Pass();
        ThreadPool.UnsafeQueueUserWorkItem(
            static run =>
            {
                s_isRunning = true;
                run.Run();
                s_isRunning = false;
            },
            run,
            preferLocal: false);
    }

    protected override void Shutdown()
    {
    }

    private sealed class Maker : MessageDispatcherConfigurator
    {
        private readonly FullDispatcher _dispatcher;

        public Maker(Config config, IDispatcherPrerequisites prerequisites)
            : base(config, prerequisites) =>
            _dispatcher = new FullDispatcher(this);

        public override MessageDispatcher Dispatcher() => _dispatcher;
    }
}
