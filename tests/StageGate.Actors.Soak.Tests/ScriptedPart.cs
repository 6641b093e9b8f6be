namespace StageGate.Actors.Soak.Tests;

/// <summary>A part whose rounds are a lambda. It keeps the seeds in the order in which the rounds began.</summary>
internal sealed class ScriptedPart(string name, Action<int> round) : SoakPart
{
    private readonly List<ulong> _seeds = [];

    public override string Name => name;

    public IReadOnlyList<ulong> Seeds => _seeds;

    public override IEnumerable<Done> Run(ulong seed)
    {
        _seeds.Add(seed);
        round(_seeds.Count);
        return [new(1, "rounds")];
    }
}
