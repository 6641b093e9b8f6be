namespace StageGate.Actors.Tests.Load.Matrix;

/// <summary>Where a call comes from.</summary>
internal enum CallSite
{
    /// <summary>A thread that the scheduler knows nothing of.</summary>
    Outside,

    /// <summary>The <c>Run()</c> of another pipeline.</summary>
    Run,

    /// <summary>The callable of a task of another pipeline.</summary>
    Task,

    /// <summary>An actor that has just been told of an event.</summary>
    Subscriber,
}
