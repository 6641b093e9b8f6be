using Akka.Actor;

namespace StageGate.Actors;

/// <summary>Which handles had ended when a wait returned, and which had not. Together they are the handles that were waited for.</summary>
/// <typeparam name="THandle">The kind of handle.</typeparam>
/// <param name="Done">Those that had ended, in whatever way. No exception of theirs has been thrown.</param>
/// <param name="Pending">
/// Those that had not. To wait for the rest, pass this very set to the next wait: a loop then costs O(1) per handle.
/// </param>
public readonly record struct WaitResult<THandle>(IReadOnlySet<THandle> Done, IReadOnlySet<THandle> Pending)
    : INoSerializationVerificationNeeded;
