namespace StageGate.Actors.Tests.Support;

/// <summary>
/// Stops user code at a known point: the code calls <see cref="Pass"/>, the test waits until it is there and lets it go on when it likes.
/// Disposing lets it go, so a failing test leaves no thread blocked.
/// </summary>
internal sealed class Gate : IDisposable
{
    private readonly ManualResetEventSlim _entered = new();
    private readonly ManualResetEventSlim _opened = new();

    public bool IsEntered => _entered.IsSet;

    public bool IsOpen => _opened.IsSet;

    /// <summary>Called by the user code: says that it is here, and waits to be let go.</summary>
    public void Pass() => Pass(Limits.Wait);

    /// <summary>The same where the test does thousands of things before it opens the gate.</summary>
    public void Pass(TimeSpan limit)
    {
        _entered.Set();
        Assert.True(_opened.Wait(limit), "The test never opened the gate.");
    }

    /// <summary>Called by the test: waits until the user code is at the gate.</summary>
    public void WaitUntilEntered() => Assert.True(_entered.Wait(Limits.Wait), "Nobody came to the gate.");

    public void Open() => _opened.Set();

    public void Dispose() => Open();
}
