using CsCheck;
using StageGate.Actors.Tests.Core.Model;

namespace StageGate.Actors.Soak.Parts;

/// <summary>Random histories of the core, beside its model.</summary>
internal sealed class CorePart : SoakPart
{
    public override string Name => "core";

    public override int Threads => Environment.ProcessorCount;

    public override IEnumerable<Done> Run(ulong seed)
    {
        var history = History.Any.Generate(new PCG(stream: 1, seed), min: null, out _);
        new HistoryRun(history).ToTheEnd();
        return [new(1, "histories")];
    }
}
