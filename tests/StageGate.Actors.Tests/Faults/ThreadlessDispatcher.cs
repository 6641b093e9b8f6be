using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using StageGate.Actors.Engine.Dispatch;

namespace StageGate.Actors.Tests.Faults;

/// <summary>
/// One of our own dispatchers in a process that has so many threads left for it, and no more: the next one breaks off in the middle of being
/// made, as it does where the operating system refuses it. Its name is asked for there.
/// </summary>
internal sealed class ThreadlessDispatcher(Config config, IDispatcherPrerequisites prerequisites)
    : MessageDispatcherConfigurator(config, prerequisites)
{
    private int _left = config.GetInt("threads");
    private volatile bool _isMended;

    /// <param name="id">Which dispatcher.</param>
    /// <param name="threads">How many threads are left for it.</param>
    public static string Hocon(string id, int threads) =>
        $$"""{{id}} { type = "{{typeof(ThreadlessDispatcher).AssemblyQualifiedName}}", threads = {{threads}} }""";

    /// <summary>There are threads again.</summary>
    public static void Mend(ActorSystem system, string id) =>
        ((ThreadlessDispatcher)system.Dispatchers.Lookup(id).Configurator)._isMended = true;

    public override MessageDispatcher Dispatcher() => new PinnedThreadDispatcher(this, Config.GetString("id"), MakeName);

    private string MakeName() => _isMended || Interlocked.Decrement(ref _left) >= 0
        ? Config.GetString("thread-name")
        : throw Thrown.New("out of memory");
}
