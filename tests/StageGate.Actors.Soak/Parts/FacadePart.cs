using StageGate.Actors.Tests.Load.Matrix;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Soak.Parts;

/// <summary>Random calls of the facade from 64 threads at a time, while the scheduler closes or dies.</summary>
internal sealed class FacadePart : SoakPart
{
    private const int RacesInRound = 20;

    public override string Name => "facade";

    public override IEnumerable<Done> Run(ulong seed)
    {
        using var system = FacadeMatrix.NewSystem();
        using var crew = new Crew(FacadeMatrix.Threads);
        foreach (var race in FacadeMatrix.AtRandom((int)seed).Take(RacesInRound))
            race.Run(system, crew);

        system.Terminate().EndsSomehow();
        return [new(RacesInRound, "races")];
    }
}
