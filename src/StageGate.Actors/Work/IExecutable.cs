namespace StageGate.Actors.Work;

/// <summary>Work that the core has given a slot, to be run by an <see cref="Executor"/>.</summary>
internal interface IExecutable
{
    /// <summary>Runs the user code on this thread. Does not throw. False: somebody had taken the work back, and there is nothing to report.</summary>
    /// <param name="idle">The context to run in where the submitter had suppressed the flow of its own.</param>
    bool TryExecute(ExecutionContext idle);

    /// <summary>
    /// Reports the end, once, on the thread that has executed it. The scheduler may have to be offered a turn then. False: that was done in its stead.
    /// </summary>
    bool TryReport();

    /// <summary>The actor that had taken the work has died. Reports its end, if that actor has not.</summary>
    void ExecutorDied();
}
