namespace StageGate.Actors.Hosting.Health;

/// <summary>
/// Tells from looks at a scheduler whether it is stuck: work could begin and does not, from one look to a later one, and nothing else has
/// happened in between. That is a head of a line that fits while a place is free, or a task that was admitted and that its worker
/// never begins.
/// </summary>
/// <remarks>
/// Work that takes long is no sign of it, nor is a head that does not fit: something holds what it needs. The counts of a snapshot are
/// totals that never come back to what they were, so equal counts mean that nothing has begun or ended between two looks.
/// </remarks>
internal sealed class StuckDetector(TimeSpan after)
{
    private readonly Lock _gate = new();
    private SchedulerSnapshot? _first;
    private TimeSpan _since;

    /// <summary>Looks once more.</summary>
    /// <param name="snapshot">The scheduler now.</param>
    /// <param name="now">The time by a clock that only goes forward.</param>
    /// <returns>How long nothing has happened, once that is too long.</returns>
    public TimeSpan? Look(SchedulerSnapshot snapshot, TimeSpan now)
    {
        // Several endpoints may ask at a time.
        lock (_gate)
        {
            if (!IsHeldUp(snapshot))
            {
                _first = null;
                return null;
            }

            if (_first is null || _first.Tasks != snapshot.Tasks || _first.Pipelines != snapshot.Pipelines)
            {
                _first = snapshot;
                _since = now;
                return null;
            }

            return now - _since >= after ? now - _since : null;
        }
    }

    private static bool IsHeldUp(SchedulerSnapshot snapshot) =>
        snapshot.IsHeadHeldUp || snapshot.AdmittedTasks.Any(task => !task.IsRunning);
}
