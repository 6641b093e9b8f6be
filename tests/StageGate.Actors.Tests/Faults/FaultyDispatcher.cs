using Akka.Configuration;
using Akka.Dispatch;

namespace StageGate.Actors.Tests.Faults;

/// <summary>
/// A dispatcher of a user's, named in HOCON as <c>faulty</c>, that throws where <c>fails-at</c> says: when it is configured, when it is made, or
/// when its actor is started, as one does that gets no thread. What it throws later, when the actor is told something, Akka swallows: that is
/// no other case than a dispatcher that never gets round to the work.
/// </summary>
internal sealed class FaultyDispatcher : MessageDispatcher
{
    private FaultyDispatcher(MessageDispatcherConfigurator configurator)
        : base(configurator)
    {
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

    protected override void ExecuteTask(IRunnable run) => throw new ThreadStartFailure();

    protected override void Shutdown()
    {
    }

    private sealed class Maker : MessageDispatcherConfigurator
    {
        public Maker(Config config, IDispatcherPrerequisites prerequisites)
            : base(config, prerequisites)
        {
            if (config.GetString("fails-at") == "configuration")
                throw new InvalidDataException("No such configuration.");
        }

        public override MessageDispatcher Dispatcher() => Config.GetString("fails-at") == "making"
            ? throw new InvalidDataException("No such dispatcher.")
            : new FaultyDispatcher(this);
    }

    private sealed class ThreadStartFailure() : Exception("No thread to be had.");
}
