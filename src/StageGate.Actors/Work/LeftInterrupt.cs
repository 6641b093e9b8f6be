using Microsoft.Win32.SafeHandles;

namespace StageGate.Actors.Work;

/// <summary>
/// The interrupt that waits for a thread on which user code has run and has not waited since. Left alone, it would strike where the thread waits
/// next: in a turn of the scheduler, or in the next callable.
/// </summary>
internal static class LeftInterrupt
{
    private static readonly bool s_noHandleSuffices = TryNoHandle();

    // Each thread has its own: the count of those who use a handle is written at every wait.
    [ThreadStatic]
    private static WaitHandle? s_nothing;

    [ThreadStatic]
    private static bool s_isForgotten;

    /// <summary>
    /// Set on an executor's thread for the turn that follows from what it has run: it was forgotten before, and no user code runs in a turn, so it need not
    /// be looked for, which would cost every task as much once more.
    /// </summary>
    public static bool IsForgotten
    {
        set => s_isForgotten = value;
    }

    /// <summary>
    /// Clears it on this thread, which is the scheduler's own, or the pool's: there it is of code that is done, and strikes whoever comes next.
    /// </summary>
    public static void Forget() => TryClear();

    /// <summary>Clears it on a thread of anybody's, on which the scheduler is about to work. It is back when that is done.</summary>
    public static Interlude PutOff() => new(!s_isForgotten && TryClear());

    /// <summary>
    /// Takes one step on a thread of anybody's that waits only rarely, and so has an interrupt strike only rarely: then it is taken again, and
    /// the interrupt is back afterwards. Costs nothing where none strikes, unlike <see cref="PutOff"/>.
    /// </summary>
    /// <param name="state">What the step works on.</param>
    /// <param name="step">The step. Where it is interrupted, it has done nothing.</param>
    public static void Outlast<TState>(TState state, Action<TState> step)
    {
        var wasThere = false;
        try
        {
            while (!Takes(step, state))
                wasThere = true;
        }
        finally
        {
            if (wasThere)
                Thread.CurrentThread.Interrupt();
        }
    }

    /// <summary>Enters a lock, instead of a lock statement: an interrupt that waits for this thread, and strikes there, is no reason not to go on.</summary>
    public static void Enter(Lock gate) => Outlast(gate, static gate => gate.Enter());

    /// <summary>Tells, by an interrupt of this thread, whether a wait for it notices one, and does no harm where there is none.</summary>
    public static bool IsClearedBy(WaitHandle nothing)
    {
        Thread.CurrentThread.Interrupt();
        return Throws(nothing) is ThreadInterruptedException && Throws(nothing) is null;
    }

    private static bool Takes<TState>(Action<TState> step, TState state)
    {
        try
        {
            step(state);
            return true;
        }
        catch (ThreadInterruptedException)
        {
            return false;
        }
    }

    /// <summary>It may be a thread of anybody's that comes here first, so what is there stays there.</summary>
    private static bool TryNoHandle()
    {
        using var known = new ManualResetEvent(initialState: false);
        using var interlude = new Interlude(wasThere: Throws(known) is not null);
        var suffices = IsClearedBy(new NoHandle());
        Throws(known);
        return suffices;
    }

    private static Exception? Throws(WaitHandle nothing)
    {
        try
        {
            nothing.WaitOne(0);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private static bool TryClear()
    {
        try
        {
            (s_nothing ??= s_noHandleSuffices ? new NoHandle() : new ManualResetEvent(initialState: false)).WaitOne(0);
            return false;
        }
        catch (ThreadInterruptedException)
        {
            return true;
        }
    }

    /// <summary>Ends when the scheduler has worked on the thread.</summary>
    /// <param name="wasThere">Whether there was an interrupt.</param>
    public readonly ref struct Interlude(bool wasThere)
    {
        public void Dispose()
        {
            if (wasThere)
                Thread.CurrentThread.Interrupt();
        }
    }

    /// <summary>
    /// A wait for it costs half of one for an event, and less where workers meet, because it ends before the lock that all waits of the
    /// runtime share outside Windows. That a wait for no handle looks for interrupts and then ends is nowhere promised, so it is tried first.
    /// </summary>
    private sealed class NoHandle : WaitHandle
    {
        public NoHandle() => SafeWaitHandle = new SafeWaitHandle(InvalidHandle, ownsHandle: false);
    }
}
