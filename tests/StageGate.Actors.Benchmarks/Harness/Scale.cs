namespace StageGate.Actors.Benchmarks.Harness;

/// <summary>How much to measure.</summary>
/// <param name="Quick">Whether to leave out the largest sizes.</param>
/// <param name="WarmUps">Rounds that are not counted.</param>
/// <param name="Rounds">Rounds that are.</param>
internal sealed record Scale(bool Quick, int WarmUps, int Rounds)
{
    public static readonly Scale Short = new(Quick: true, WarmUps: 2, Rounds: 3);

    public static readonly Scale Full = new(Quick: false, WarmUps: 3, Rounds: 7);

    /// <summary>One size, or a smaller one where there is little time.</summary>
    public int Size(int quick, int full) => Quick ? quick : full;
}
