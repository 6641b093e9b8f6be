using Akka.Actor;
using CsCheck;
using StageGate.Actors.Tests.Linearizability;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Soak.Parts;

/// <summary>Random histories of real schedulers that several threads use at once, checked against the model.</summary>
internal sealed class ActorsPart : SoakPart
{
    private readonly Lazy<ActorSystem> _system = new(() => Systems.New());

    public override string Name => "actors";

    public override IEnumerable<Done> Run(ulong seed)
    {
        var history = ConcurrentRun.Histories.Generate(new PCG(stream: 1, seed), min: null, out _);
        var dispatcher = seed % 2 == 0 ? Dispatchers.Inline : Dispatchers.Pinned;
        using var run = new ConcurrentRun(_system.Value, history, dispatcher, isWatched: seed % 3 > 0);
        run.ToTheEnd();
        return [new(1, "histories"), new(run.Operations, "operations")];
    }
}
