namespace StageGate.Actors.Work;

/// <summary>What an <see cref="Executor"/> does, as far as its <see cref="ReadyQueue"/> has to know.</summary>
internal enum ExecutorState
{
    /// <summary>It has work.</summary>
    Busy,

    /// <summary>It has done its work, and looks for more for a while before it becomes idle.</summary>
    Looking,

    /// <summary>It does nothing until it is called.</summary>
    Idle,

    /// <summary>It was called, and has not come yet.</summary>
    Called,
}
