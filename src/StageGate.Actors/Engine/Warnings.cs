using Akka.Event;
using StageGate.Actors.Work;

namespace StageGate.Actors.Engine;

/// <summary>What is told to nobody in particular: to the sink of the options, or else to the log of the actor system.</summary>
internal sealed class Warnings(ILoggingAdapter log, Action<string, Exception?>? sink)
{
    /// <summary>Logs a warning on the thread pool: a logger may run on the caller, and formats what users have thrown.</summary>
    public void Warn(Exception? cause, string message) => ThreadPool.UnsafeQueueUserWorkItem(
        static entry => entry.Warnings.Write(entry.Cause, entry.Message),
        (Warnings: this, Cause: cause, Message: message),
        preferLocal: false);

    private void Write(Exception? cause, string message)
    {
        LeftInterrupt.Forget();
        try
        {
            if (sink is not null)
                sink(message, cause);
            else
                log.Warning(cause, "{0}", message);
        }
        catch (Exception exception)
        {
            // The user's exception cannot be shown, or the user's sink throws; that there was something can be told.
            WriteWithoutCause(message, exception);
        }
    }

    private void WriteWithoutCause(string message, Exception exception)
    {
        try
        {
            log.Warning("{0} (Its text could not be had: {1}.)", message, exception.GetType());
        }
        catch (Exception)
        {
            // Somebody who listens to the log throws at it. There is nobody left to tell, and the process must not end over it.
        }
    }
}
