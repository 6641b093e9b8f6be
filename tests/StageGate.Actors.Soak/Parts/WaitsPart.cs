using CsCheck;
using StageGate.Actors.Tests.Core.Model;

namespace StageGate.Actors.Soak.Parts;

/// <summary>Random works that wait for each other, beside a search for what can still happen.</summary>
internal sealed class WaitsPart : SoakPart
{
    public override string Name => "waits";

    public override int Threads => Environment.ProcessorCount;

    public override IEnumerable<Done> Run(ulong seed)
    {
        var history = WaitHistory.Any.Generate(new PCG(stream: 1, seed), min: null, out _);
        history.Run();
        return [new(1, "histories"), new(history.Steps.Length, "steps")];
    }
}
