using StageGate.Actors.Tests.Load;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Soak.Parts;

/// <summary>
/// Work of every kind on schedulers that live as long as the soak. What the process holds is measured after each round, and must stay flat.
/// </summary>
internal sealed class MixedPart : SoakPart
{
    private const int WorkInRound = 20;
    private const int WarmUp = 10;
    private const int ShortestTrend = 18;

    private readonly List<Vitals> _series = [];
    private MixedWork[]? _work;
    private int _rounds;

    public override string Name => "mixed";

    public override IEnumerable<Done> Run(ulong seed)
    {
        _work ??= [new MixedWork(Dispatchers.Inline), new MixedWork(Dispatchers.Pinned)];
        var random = new Random((int)seed);
        for (var i = 0; i < WorkInRound; i++)
            _work[i % _work.Length].Round(random.Next());

        var vitals = Vitals.Take();
        if (++_rounds > WarmUp)
            _series.Add(vitals);
        if (_series.Count >= ShortestTrend)
            Vitals.AssertFlat(_series);
        return [new(WorkInRound, "sets of pipelines")];
    }
}
