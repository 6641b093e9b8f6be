using CsCheck;
using StageGate.Actors.Tests.Engine;
using StageGate.Actors.Tests.Linearizability;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Soak.Parts;

/// <summary>Random histories of real schedulers whose engine dies, in each of its ways, while several threads use them.</summary>
internal sealed class DeathsPart : SoakPart
{
    private static readonly string[] s_ways = [.. Deaths.Ways];

    public override string Name => "deaths";

    public override IEnumerable<Done> Run(ulong seed)
    {
        var history = ConcurrentRun.Histories.Generate(new PCG(stream: 1, seed), min: null, out _);
        var dispatcher = seed % 2 == 0 ? Dispatchers.Inline : Dispatchers.Pinned;
        using var system = Systems.New();
        using (var run = new ConcurrentRun(system, history, dispatcher, isWatched: seed % 3 > 0, Systems.SchedulerName))
        {
            run.ToTheDeath(() => system.Die(s_ways[(int)(seed / 2 % (ulong)s_ways.Length)]));
        }

        system.Terminate().Ends();
        return [new(1, "deaths")];
    }
}
