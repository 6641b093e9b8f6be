using StageGate.Actors.Tests.Load;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Soak.Parts;

/// <summary>
/// Work of every kind on schedulers that live as long as the soak. What the process holds is measured again and again, and must stay flat: within
/// a round, where nothing but this part can have changed it, and over all rounds, where what leaks slowly has added up.
/// </summary>
internal sealed class MixedPart : SoakPart
{
    private const int WorkBetween = 20;
    private const int WarmUp = 10;
    private const int Measurements = 18;

    private readonly VitalsWatch _watch = new();
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
        _watch.Observe(series);
        return [new((WarmUp + Measurements) * WorkBetween, "sets of pipelines")];
    }
}
