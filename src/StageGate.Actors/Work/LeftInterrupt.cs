using Microsoft.Win32.SafeHandles;

namespace StageGate.Actors.Work;

/// <summary>
/// The interrupt of its own thread that a callable may have left behind, when it has not waited since. Left alone, that would strike where
/// the thread waits next: in a turn of the scheduler, or in the next callable.
/// </summary>
internal static class LeftInterrupt
{
    private static readonly bool s_noHandleSuffices = IsClearedBy(new NoHandle());

    // Each thread has its own: the count of those who use a handle is written at every wait.
    [ThreadStatic]
    private static WaitHandle? s_nothing;

    /// <summary>Clears it on this thread, by a wait that ends at once.</summary>
    public static void Forget()
    {
        try
        {
            (s_nothing ??= s_noHandleSuffices ? new NoHandle() : new ManualResetEvent(initialState: false)).WaitOne(0);
        }
        catch (ThreadInterruptedException)
        {
        }
    }

    /// <summary>Tells, by an interrupt of this thread, whether a wait for it notices one; the interrupt may still be there if not.</summary>
    public static bool IsClearedBy(WaitHandle nothing)
    {
        Thread.CurrentThread.Interrupt();
        try
        {
            nothing.WaitOne(0);
            return false;
        }
        catch (ThreadInterruptedException)
        {
            return true;
        }
        catch (Exception)
        {
            return false;
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
