using CsCheck;
using StageGate.Actors.Tests.Core.Model;

namespace StageGate.Actors.Soak.Parts;

/// <summary>
/// Random histories of the core, beside its model and before the rules. In about one of 20 the scheduler dies on the way.
/// </summary>
internal sealed class CorePart : SoakPart
{
    private static readonly Gen<(History, int)> s_any = Gen.Select(History.Any, Gen.Int[0, 1500]);

    public override string Name => "core";

    public override int Threads => Environment.ProcessorCount;

    public override IEnumerable<Done> Run(ulong seed)
    {
        var (history, death) = s_any.Generate(new PCG(stream: 1, seed), min: null, out _);
        try
        {
            return [new(1, "histories"), new(Play(history, death), "core steps")];
        }
        catch (Exception exception)
        {
            var smallest = history.Smallest(smaller => Fails(smaller, death));
            throw new InvalidOperationException(
                $"{exception.Message}\n\ndeath before step {death}; with as few steps as possible:\n{smallest}", exception);
        }
    }

    private static int Play(History history, int death)
    {
        var run = new HistoryRun(history);
        if (death < history.Steps.Length)
            run.AbandonedBefore(death);
        else
            run.ToTheEnd();
        return run.CoreSteps;
    }

    private static bool Fails(History history, int death)
    {
        try
        {
            Play(history, death);
            return false;
        }
        catch (Exception)
        {
            return true;
        }
    }
}
