using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace StageGate.Actors.Tests.Faults;

/// <summary>The timer of an actor system, and how often it was asked for anything.</summary>
internal sealed class CountingScheduler(Config config, ILoggingAdapter log) : SchedulerBase(config, log), IDisposable
{
    private readonly IScheduler _timer = new HashedWheelTimerScheduler(config, log);
    private int _asked;

    public static string Hocon => $"akka.scheduler.implementation = \"{typeof(CountingScheduler).AssemblyQualifiedName}\"";

    public int Asked => Volatile.Read(ref _asked);

    public override TimeSpan MonotonicClock => ((ITimeProvider)_timer).MonotonicClock;

    public override TimeSpan HighResMonotonicClock => ((ITimeProvider)_timer).HighResMonotonicClock;

    protected override DateTimeOffset TimeNow => DateTimeOffset.UtcNow;

    private IScheduler Counted
    {
        get
        {
            Interlocked.Increment(ref _asked);
            return _timer;
        }
    }

    public void Dispose() => ((IDisposable)_timer).Dispose();

    protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Counted.ScheduleTellOnce(delay, receiver, message, sender, cancelable);

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Counted.ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) =>
        Counted.Advanced.ScheduleOnce(delay, action, cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) =>
        Counted.Advanced.ScheduleOnce(delay, action, cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Counted.Advanced.ScheduleRepeatedly(initialDelay, interval, action, cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        Counted.Advanced.ScheduleRepeatedly(initialDelay, interval, action, cancelable);
}
