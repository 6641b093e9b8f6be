using Akka.Actor;

namespace StageGate.Actors.Benchmarks.Runners;

/// <summary>
/// What Akka does at most: messages to one actor. There is no completion for each, and nothing that limits anything; the one that waits
/// learns when the last message has been handled.
/// </summary>
internal sealed class BareTellRunner : Runner, ISubmitter<BareTellRunner.Told>
{
    public static readonly Peer Peer = new("bare Tell", "priority, resources, threads, completions", _ => new BareTellRunner());

    private readonly ActorSystem _system = QuietSystem.Create();
    private readonly IActorRef _actor;

    private BareTellRunner() => _actor = _system.ActorOf(Props.Create(() => new Adder()));

    public Told Submit(Func<int> work)
    {
        _actor.Tell(work, ActorRefs.NoSender);
        return default;
    }

    public void WaitAll(Told[] handles)
    {
        var last = new TaskCompletionSource<long>();
        _actor.Tell(last, ActorRefs.NoSender);
        var sum = last.Task.Result;
        if (sum != handles.Length)
            throw new InvalidOperationException($"{handles.Length} callables returned {sum} in all.");
    }

    /// <summary>The actor has added it up.</summary>
    public int Result(Told handle) => 1;

    public IDisposable Hold() => throw new NotSupportedException("One actor has no workers.");

    public override double[] Run(IScript script) => script.Run(this);

    public override void Dispose() => QuietSystem.End(_system);

    internal readonly record struct Told;

    private sealed class Adder : UntypedActor
    {
        private long _sum;

        protected override void OnReceive(object message)
        {
            if (message is Func<int> work)
            {
                _sum += work();
            }
            else
            {
                ((TaskCompletionSource<long>)message).SetResult(_sum);
                _sum = 0;
            }
        }
    }
}
