using StageGate.Actors.Tests.Load;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Soak.Parts;

/// <summary>
/// Work of every kind on schedulers that live as long as the soak. What the process holds is measured again and again within a round, and must
/// stay flat; between two rounds, other parts may have left what they are still getting rid of.
/// </summary>
internal sealed class MixedPart : SoakPart
{
    private const int WorkBetween = 20;
    private const int WarmUp = 10;
    private const int Measurements = 18;

    private MixedWork[]? _work;

    public override string Name => "mixed";

    public override IEnumerable<Done> Run(ulong seed)
    {
        _work ??= [new MixedWork(Dispatchers.Inline), new MixedWork(Dispatchers.Pinned)];
        var random = new Random((int)seed);
        List<Vitals> series = [];
        for (var i = 0; i < WarmUp + Measurements; i++)
        {
            for (var j = 0; j < WorkBetween; j++)
                _work[j % _work.Length].Round(random.Next());

            var vitals = Vitals.Take();
            if (i >= WarmUp)
                series.Add(vitals);
        }

        Vitals.AssertFlat(series);
        return [new((WarmUp + Measurements) * WorkBetween, "sets of pipelines")];
    }
}
