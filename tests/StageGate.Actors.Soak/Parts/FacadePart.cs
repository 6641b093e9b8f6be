using StageGate.Actors.Tests.Load.Matrix;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Soak.Parts;

/// <summary>Random calls of the facade from 64 threads at a time, while the scheduler closes or dies.</summary>
internal sealed class FacadePart : SoakPart
{
    private const int RacesInRound = 20;

    private readonly Lazy<Crew> _crew = new(() => new Crew(FacadeMatrix.Threads));

    public override string Name => "facade";

    public override IEnumerable<Done> Run(ulong seed)
    {
        using var system = Systems.New();
        foreach (var race in FacadeMatrix.AtRandom((int)seed).Take(RacesInRound))
            race.Run(system, _crew.Value);

        system.Terminate().EndsSomehow();
        return [new(RacesInRound, "races")];
    }
}
