using System.Reflection;

namespace StageGate.Actors.Soak;

internal sealed record FailedRound(string Part, ulong Seed, Exception Exception)
{
    /// <summary>Where it failed: only a Debug build checks the invariants of the core, and what broke one may pass elsewhere.</summary>
    private static readonly string s_configuration =
        typeof(FailedRound).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    public override string ToString() =>
        $"""
        --- {Part} failed with seed {Seed} ---
        {Exception}
        --- again: dotnet run -c {s_configuration} --project tests/StageGate.Actors.Soak -- replay --part {Part} --seed {Seed}
        """;
}
