namespace StageGate.Actors.Repeat;

/// <summary>How the tests of a class have ended so far.</summary>
internal sealed class ClassTally
{
    private TimeSpan _spent;

    public int Passed { get; set; }

    public int Failed { get; set; }

    public int Skipped { get; set; }

    public int Rounds { get; private set; }

    public int Runs => Passed + Failed;

    public TimeSpan PerRound => Rounds == 0 ? TimeSpan.Zero : _spent / Rounds;

    public void Took(TimeSpan round)
    {
        _spent += round;
        Rounds++;
    }
}
