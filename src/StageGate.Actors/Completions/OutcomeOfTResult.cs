namespace StageGate.Actors.Completions;

/// <inheritdoc/>
internal sealed class Outcome<TResult> : Outcome
{
    /// <summary>
    /// Written by the thread that ran the work before it reports the end, and read only where the work has succeeded; the report
    /// and the state order the two.
    /// </summary>
    public TResult Value { get; set; } = default!;
}
