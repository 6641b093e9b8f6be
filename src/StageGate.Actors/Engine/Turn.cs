using System.Runtime.InteropServices;
using Akka.Dispatch;
using StageGate.Actors.Engine.Dispatch;
using StageGate.Actors.Work;

namespace StageGate.Actors.Engine;

/// <summary>
/// The right to change what the scheduler knows: one thread at a time has it. The actor takes it for each message. On the inline dispatcher
/// whoever posts a fact takes it as well, where it is free, and so lets the scheduler decide about all that was posted; on any other dispatcher
/// the actor is told that there is something to decide about.
/// </summary>
/// <remarks>
/// <para>Flat combining (Hendler, Incze, Shavit and Tzafrir, 2010), with the inbox as the list of publications.</para>
/// <para>
/// No fact is left lying. A poster adds its fact and tries to take the turn; where somebody has it, the poster raises a flag and tries once
/// more. Whoever has the turn lowers the flag before it counts the facts, and looks at the flag after it has given the turn back. So
/// the fact is counted, or the flag is seen, or the poster gets the turn. Each writing is followed by a full fence before the look.
/// </para>
/// <para>To wait for the turn cannot be interrupted: an interrupt that user code left behind must not strike inside the scheduler.</para>
/// </remarks>
internal sealed class Turn(Inbox inbox, Action tellActor) : IRunnable
{
    private const int CacheLine = 64;
    private const int SpinsBeforeYield = 20;

    private InlineDispatcher? _inline;
    private Action? _decide;
    private volatile bool _isOver;
    private Shared _shared = new() { WantsTasks = true };

    /// <summary>Whether somebody has the turn now.</summary>
    public bool IsTaken => Volatile.Read(ref _shared.Taken) != 0;

    /// <summary>
    /// Whether something has to be decided about a task that is submitted now. Written by whoever has the turn, who looks for facts after it has
    /// given the turn back.
    /// </summary>
    public bool WantsTasks
    {
        get => Volatile.Read(ref _shared.WantsTasks);
        set
        {
            // To write the same again would take the memory away from those who submit.
            if (_shared.WantsTasks != value)
                Volatile.Write(ref _shared.WantsTasks, value);
        }
    }

    /// <summary>
    /// Whether somebody who has added a task has to offer a turn. Otherwise the task is seen in the turn that follows when one that runs has
    /// ended, or by a worker that looks, and where this reads what is out of date, by those who have changed it.
    /// </summary>
    public bool MustOfferTasks => WantsTasks && Volatile.Read(ref _shared.Lookers) == 0;

    /// <summary>A worker has nothing to do, and looks for a while whether something is posted.</summary>
    public void BeginLooking() => Interlocked.Increment(ref _shared.Lookers);

    /// <summary>Lets the scheduler decide where something was posted. Whoever posts meanwhile may rely on it.</summary>
    public void Look()
    {
        if (!inbox.IsEmpty && !IsTaken)
            Offer();
    }

    /// <summary>The worker looks no more. Either this last look sees what was posted, or its poster sees that nobody looks.</summary>
    public void EndLooking()
    {
        Interlocked.Decrement(ref _shared.Lookers);
        if (!inbox.IsEmpty)
            Offer();
    }

    /// <summary>The scheduler has begun to live.</summary>
    /// <param name="dispatcher">What it lives on.</param>
    /// <param name="decide">Takes facts and decides. Called by whoever has the turn. Does not throw.</param>
    public void Begin(MessageDispatcher dispatcher, Action decide)
    {
        _decide = decide;
        Volatile.Write(ref _inline, dispatcher as InlineDispatcher);
    }

    /// <summary>Something was posted: it is decided about now, or whoever has the turn is going to.</summary>
    public void Offer()
    {
        // Through the dispatcher, so that an actor of ours that is told something in this turn runs after it, and not inside.
        if (Volatile.Read(ref _inline) is { } inline)
            inline.Execute(this);
        else if (Interlocked.Exchange(ref _shared.Flag, 1) == 0)
            TellActor();
    }

    /// <summary>Waits for the turn and takes it. False: there are no more turns.</summary>
    public bool Enter()
    {
        for (var i = 0; !TryTake(); i++)
        {
            if (_isOver)
                return false;

            Pause(i);
        }

        return true;
    }

    /// <summary>Gives the turn back.</summary>
    public void Leave()
    {
        Interlocked.Exchange(ref _shared.Taken, 0);

        // Where it is not inline, whoever has raised the flag has told the actor as well.
        if (Volatile.Read(ref _shared.Flag) != 0 ? _inline is not null : WantsTasks && !inbox.IsEmpty)
            Offer();
    }

    /// <summary>Whoever has the turn is about to count the facts.</summary>
    public void LowerFlag()
    {
        if (Volatile.Read(ref _shared.Flag) != 0)
            Interlocked.Exchange(ref _shared.Flag, 0);
    }

    /// <summary>Whoever has the turn leaves facts behind.</summary>
    public void RaiseFlag()
    {
        if (Interlocked.Exchange(ref _shared.Flag, 1) == 0 && _inline is null)
            TellActor();
    }

    /// <summary>No turn begins any more. Whoever has one has the last.</summary>
    public void End()
    {
        _isOver = true;
        Interlocked.MemoryBarrier();
    }

    /// <summary>
    /// Waits, after the end, until nobody is in the middle of a turn, which those who come meanwhile cannot draw out: either this sees that
    /// somebody has it, or whoever has taken it sees that it is over.
    /// </summary>
    public void WaitForLast()
    {
        for (var i = 0; IsTaken; i++)
            Pause(i);
    }

    void IRunnable.Run()
    {
        if (!TryEnter())
            return;

        _decide!();
        Leave();
    }

    void IThreadPoolWorkItem.Execute() => ((IRunnable)this).Run();

    /// <summary>Whoever has raised the flag tells it, and nobody else does: an interrupt must not come in between.</summary>
    private void TellActor()
    {
        using var uninterrupted = LeftInterrupt.PutOff();
        tellActor();
    }

    private bool TryEnter()
    {
        if (TryTake())
            return true;

        Interlocked.Exchange(ref _shared.Flag, 1);
        return TryTake();
    }

    private bool TryTake()
    {
        // Looked at first: to try in vain would take the memory away from whoever has the turn.
        if (_isOver || IsTaken || Interlocked.CompareExchange(ref _shared.Taken, 1, 0) != 0)
            return false;
        if (!_isOver)
            return true;

        Interlocked.Exchange(ref _shared.Taken, 0);
        return false;
    }

    // Not by a SpinWait, which sleeps, and a sleep can be interrupted.
    private static void Pause(int turn)
    {
        if (turn < SpinsBeforeYield)
            Thread.SpinWait(20);
        else
            Thread.Yield();
    }

    /// <summary>What several threads write, each on a line of the processors' caches of its own.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 5 * CacheLine)]
    private struct Shared
    {
        [FieldOffset(CacheLine)]
        public int Taken;

        [FieldOffset(2 * CacheLine)]
        public int Flag;

        [FieldOffset(3 * CacheLine)]
        public int Lookers;

        [FieldOffset(4 * CacheLine)]
        public bool WantsTasks;
    }
}
