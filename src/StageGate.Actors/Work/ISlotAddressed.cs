using Akka.Actor;
using Akka.Event;

namespace StageGate.Actors.Work;

/// <summary>Work that the core has given a place: the router sends it to the actor of that place, and to no other.</summary>
internal interface ISlotAddressed : INoSerializationVerificationNeeded, IDeadLetterSuppression
{
    int Slot { get; }

    /// <summary>Runs the user code on this thread, if nobody took the work back, and reports its end. Does not throw.</summary>
    /// <param name="idle">The context to run in where the submitter had suppressed the flow of its own.</param>
    void Execute(ExecutionContext idle);

    /// <summary>The actor of the place has died. Reports the end of the work if that actor had begun it and not reported.</summary>
    void ExecutorDied();
}
