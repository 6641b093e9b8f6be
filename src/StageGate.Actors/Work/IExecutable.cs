namespace StageGate.Actors.Work;

/// <summary>Work that the core gives a place, to be run there.</summary>
internal interface IExecutable
{
    /// <summary>Runs the user code on this thread, if nobody took the work back, and reports its end. Does not throw.</summary>
    /// <param name="idle">The context to run in where the submitter had suppressed the flow of its own.</param>
    void Execute(ExecutionContext idle);

    /// <summary>The actor that had taken the work has died. Reports its end, if that actor has not.</summary>
    void ExecutorDied();
}
