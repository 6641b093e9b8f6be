namespace StageGate.Actors.Soak;

/// <summary>So much of something was done in a round.</summary>
internal readonly record struct Done(long Count, string What);

/// <summary>One way to put the scheduler to the test, round after round. One instance serves a whole soak.</summary>
internal abstract class SoakPart
{
    /// <summary>The name in the command line.</summary>
    public abstract string Name { get; }

    /// <summary>On how many threads rounds may run at a time: 1 for a part that uses threads of its own, or measures the process.</summary>
    public virtual int Threads => 1;

    /// <summary>
    /// One round: seconds at most. All that is random in it comes from the seed. Throws where something is not as it must be; the message
    /// shows all that is needed to understand it.
    /// </summary>
    /// <returns>What was done, to be added up.</returns>
    public abstract IEnumerable<Done> Run(ulong seed);
}
