namespace StageGate.Actors.Benchmarks.Runners;

/// <summary>What every runner can do: take a callable, and tell of its end.</summary>
/// <typeparam name="THandle">By what one learns of the end: a <see cref="Task"/>, or a handle.</typeparam>
internal interface ISubmitter<THandle>
{
    /// <summary>Submits, and waits for nothing.</summary>
    THandle Submit(Func<int> work);

    /// <summary>Blocks until all have ended, in the way that its users would.</summary>
    void WaitAll(THandle[] handles);

    /// <summary>Blocks until this one has ended, and returns what the callable returned.</summary>
    int Result(THandle handle);

    /// <summary>Keeps all that is submitted from now on from starting, until disposed of.</summary>
    IDisposable Hold();
}
