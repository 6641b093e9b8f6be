using Akka.Actor;
using Akka.Event;

namespace StageGate.Actors;

/// <summary>One pipeline at one instant.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, if it was given one.</param>
/// <param name="State">Where it is on its way.</param>
/// <param name="Stage">The stage it has come to; it starts at 0.</param>
/// <param name="Tasks">How many of its tasks are in each state.</param>
public sealed record PipelineSnapshot(long Id, string? Name, PipelineState State, int Stage, TaskCounts Tasks)
    : INoSerializationVerificationNeeded, IDeadLetterSuppression;
