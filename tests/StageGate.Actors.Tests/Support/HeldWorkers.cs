using System.Collections.Concurrent;
using Akka.Configuration;
using Akka.Dispatch;

namespace StageGate.Actors.Tests.Support;

/// <summary>
/// Keeps admitted tasks in <see cref="TaskState.Ready"/>: the workers have a dispatcher that runs nothing until it is let go. Dispose of it
/// before the scheduler, which could not close otherwise.
/// </summary>
internal sealed class HeldWorkers : IDisposable
{
    private static readonly ConcurrentDictionary<string, HeldWorkers> s_all = new();

    private readonly Lock _gate = new();
    private readonly string _key = Guid.NewGuid().ToString("N");
    private List<IRunnable>? _held = [];

    public HeldWorkers() => s_all[_key] = this;

    /// <summary>Makes the dispatcher <c>held</c> known to an actor system.</summary>
    public string Hocon => $$"""held { type = "{{typeof(Configurator).AssemblyQualifiedName}}", key = "{{_key}}" }""";

    public SchedulerOptions Options(int tasks = 1, params (string Label, decimal Amount)[] resources)
    {
        var options = SchedulerOptions.FromConfig(ConfigurationFactory.ParseString(
            $$"""
            stagegate { task-parallelism = {{tasks}}, worker-dispatcher = "held" }
            {{Hocon}}
            """));
        foreach (var (label, amount) in resources)
            options.Resources[label] = amount;
        return options;
    }

    public void Dispose()
    {
        List<IRunnable> held;
        lock (_gate)
        {
            held = _held ?? [];
            _held = null;
        }

        s_all.TryRemove(_key, out _);
        held.ForEach(Start);
    }

    private static void Start(IRunnable run) => new Thread(run.Run) { IsBackground = true }.Start();

    private void Execute(IRunnable run)
    {
        lock (_gate)
        {
            if (_held is { } held)
            {
                held.Add(run);
                return;
            }
        }

        Start(run);
    }

    private sealed class Dispatcher : MessageDispatcher
    {
        private readonly HeldWorkers _workers;

        public Dispatcher(MessageDispatcherConfigurator configurator, HeldWorkers workers)
            : base(configurator)
        {
            _workers = workers;
            Id = "held";
            Throughput = 1;
            ShutdownTimeout = TimeSpan.Zero;
        }

        protected override void ExecuteTask(IRunnable run) => _workers.Execute(run);

        protected override void Shutdown()
        {
        }
    }

    private sealed class Configurator : MessageDispatcherConfigurator
    {
        private readonly Dispatcher _dispatcher;

        public Configurator(Config config, IDispatcherPrerequisites prerequisites)
            : base(config, prerequisites) =>
            _dispatcher = new Dispatcher(this, s_all[config.GetString("key")]);

        public override MessageDispatcher Dispatcher() => _dispatcher;
    }
}
