namespace StageGate.Actors.Tests.Load.Matrix;

/// <summary>
/// One way to call the facade. The call checks what it gets: it works, or it throws what its documentation allows.
/// </summary>
/// <param name="Name">Shown where it goes wrong.</param>
/// <param name="Code">The call, for the i-th time.</param>
/// <param name="Members">Which of the <see cref="PublicMembers"/> it calls.</param>
internal sealed record FacadeCase(string Name, Action<Arena, int> Code, params string[] Members)
{
    /// <summary>Whether it closes the scheduler, which the scheduler's own work may not do.</summary>
    public bool Closes { get; init; }

    public override string ToString() => Name;

    public void Call(Arena arena, CallSite site, int i)
    {
        if (Closes && site is CallSite.Run or CallSite.Task)
            AssertRefused(arena, i);
        else
            Code(arena, i);
    }

    private void AssertRefused(Arena arena, int i)
    {
        var thrown = Record.Exception(() => Code(arena, i));

        // Where the engine has died, the work that the call comes from has ended, and is waited for no more.
        var isRefused = thrown?.GetType() == typeof(InvalidOperationException);
        Assert.True(isRefused || (thrown is null && arena.MayDie), $"It was not refused: {thrown}");
    }
}
