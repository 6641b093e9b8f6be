namespace StageGate.Actors;

/// <summary>
/// Something that has become of a scheduler's work; the kinds stand in <see cref="SchedulerEvents"/>. It is told to the actors that have
/// subscribed with <see cref="SchedulerProtocol.Subscribe"/>.
/// </summary>
/// <param name="Timestamp">When it happened, in UTC, by <see cref="SchedulerOptions.TimeProvider"/>.</param>
public abstract record SchedulerEvent(DateTimeOffset Timestamp) : SchedulerProtocol.IReply;
