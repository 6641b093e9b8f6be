using StageGate.Actors.Tests.Load;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Soak.Parts;

/// <summary>Schedulers opened, used and closed, one after the other: in one actor system, and with systems of their own.</summary>
internal sealed class LifecyclesPart : SoakPart
{
    private const int InOneSystem = 20;
    private const int WithOwnSystems = 9;

    /// <summary>A thread of the pool may still be in the last frames of what is over.</summary>
    private const int Measurements = 3;

    private readonly VitalsWatch _watch = new();

    public override string Name => "lifecycles";

    public override IEnumerable<Done> Run(ulong seed)
    {
        var dispatcher = seed % 2 == 0 ? Dispatchers.Inline : Dispatchers.Pinned;
        Lifecycles.InOneSystem(InOneSystem, dispatcher);
        Lifecycles.WithOwnSystems(WithOwnSystems, dispatcher);
        _watch.Observe([.. Enumerable.Range(0, Measurements).Select(_ => Vitals.Take())]);
        return [new(InOneSystem + WithOwnSystems, "schedulers")];
    }
}
