namespace StageGate.Actors.Soak;

internal sealed record FailedRound(string Part, ulong Seed, Exception Exception)
{
    public override string ToString() =>
        $"""
        --- {Part} failed with seed {Seed} ---
        {Exception}
        --- again: dotnet run -c Release --project tests/StageGate.Actors.Soak -- replay --part {Part} --seed {Seed}
        """;
}
