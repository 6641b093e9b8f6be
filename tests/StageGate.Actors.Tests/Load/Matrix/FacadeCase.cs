namespace StageGate.Actors.Tests.Load.Matrix;

/// <summary>
/// One way to call the facade. The call checks what it gets: it works, or it throws what its documentation allows.
/// </summary>
/// <param name="Name">Shown where it goes wrong.</param>
/// <param name="Call">The call, for the i-th time.</param>
/// <param name="Members">Which of the <see cref="PublicMembers"/> it calls.</param>
internal sealed record FacadeCase(string Name, Action<Arena, int> Call, params string[] Members)
{
    public override string ToString() => Name;
}
