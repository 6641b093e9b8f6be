using CsCheck;

namespace StageGate.Actors.Tests.Core.Model;

internal enum StepKind
{
    SubmitPipeline,
    AdvanceStage,
    SubmitTask,
    BeginTask,
    EndTask,
    EndPipeline,
    CancelTask,
    CancelPipeline,
    RequestTermination,
    BeginShutdown,
    TerminateAll,
    Abandon,
}

/// <summary>One thing that happens to a scheduler.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Which">Chooses the work that it happens to, of all that there is by then.</param>
/// <param name="How">Chooses among the variants of it: ended or live work, the kind of ending.</param>
/// <param name="Amounts">Choose how much the task needs of each resource.</param>
internal readonly record struct Step(StepKind Kind, int Which, int How, (int First, int Second, int Third) Amounts);

/// <summary>A scheduler, and what happens to it.</summary>
internal sealed record History(decimal[] Capacities, int PipelineParallelism, int TaskParallelism, Step[] Steps)
{
    private static readonly decimal[] s_capacities =
    [
        0m, 0.3m, 1m, 2.5m, 10m, 0.0000000000000000000000000003m, 7922816251426433759354.3950335m,
        79228162514264337593543950334m, decimal.MaxValue,
    ];

    private static readonly Gen<Step> s_step = Gen.Select(
        Gen.Frequency(
            (6, StepKind.SubmitPipeline),
            (8, StepKind.AdvanceStage),
            (40, StepKind.SubmitTask),
            (20, StepKind.BeginTask),
            (25, StepKind.EndTask),
            (5, StepKind.EndPipeline),
            (8, StepKind.CancelTask),
            (2, StepKind.CancelPipeline),
            (6, StepKind.RequestTermination),
            (2, StepKind.BeginShutdown),
            (1, StepKind.TerminateAll)),
        Gen.Int[0, 1000],
        Gen.Int[0, 11],
        Gen.Select(Gen.Int[0, 20], Gen.Int[0, 20], Gen.Int[0, 20]),
        (kind, which, how, amounts) => new Step(kind, which, how, amounts));

    public static readonly Gen<History> Any = Gen.Select(
        Gen.OneOf(s_capacities).Array[1, 3],
        Gen.Int[1, 4],
        Gen.Int[1, 6],
        s_step.Array[1, 150],
        (capacities, pipelines, tasks, steps) => new History(capacities, pipelines, tasks, steps));

    /// <summary>The same history without the steps that it fails without.</summary>
    public History Smallest(Func<History, bool> fails)
    {
        var smallest = this;
        for (var size = Math.Max(1, Steps.Length / 2); size > 0; size /= 2)
        {
            for (var at = smallest.Steps.Length - size; at >= 0; at -= size)
            {
                var smaller = smallest with { Steps = [.. smallest.Steps[..at], .. smallest.Steps[(at + size)..]] };
                if (fails(smaller))
                    smallest = smaller;
            }
        }

        return smallest;
    }

    public override string ToString() =>
        $"capacities {string.Join(", ", Capacities)}; {PipelineParallelism} pipelines; {TaskParallelism} tasks;\n"
        + string.Join("\n", Steps);
}
