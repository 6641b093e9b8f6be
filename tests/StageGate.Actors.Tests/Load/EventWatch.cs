using Akka.Actor;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Load;

/// <summary>
/// Holds windows of a scheduler's events against a rule, one after the other, while work goes on: a subscriber that listened to all of
/// it would be slower than the work, and keep its events in memory. Beside it, each window begins with a snapshot.
/// </summary>
internal sealed class EventWatch : IDisposable
{
    private const int EventsInWindow = 20_000;

    private readonly Correspondent _subscriber;
    private readonly Scheduler _scheduler;
    private readonly Func<OrderRule> _newRule;
    private readonly Task<int> _watching;
    private volatile bool _ending;

    public EventWatch(ActorSystem system, Scheduler scheduler, Func<OrderRule> newRule)
    {
        _scheduler = scheduler;
        _newRule = newRule;
        _subscriber = new Correspondent(system);

        // Before this returns: the first window sees whatever comes after.
        AssertConsistent(_subscriber.Subscribe(scheduler));
        _watching = Bounded.OnOwnThread(Watch);
    }

    /// <summary>To be called while the scheduler lives.</summary>
    /// <returns>How many admissions there were where another task was known to wait.</returns>
    public int End()
    {
        _ending = true;

        // Wakes it where no event comes any more.
        _subscriber.Tell(_scheduler, SchedulerProtocol.GetSnapshot.Instance);
        return _watching.Ends();
    }

    public void Dispose() => _ending = true;

    private int Watch()
    {
        var choices = 0;
        while (true)
        {
            var rule = _newRule();
            for (var i = 0; i < EventsInWindow && !_ending && _subscriber.Next() is SchedulerEvent happened; i++)
                rule.Observe(happened);
            _subscriber.Tell(_scheduler, new SchedulerProtocol.Unsubscribe());
            foreach (var happened in _subscriber.Until<SchedulerProtocol.Unsubscribed>().OfType<SchedulerEvent>())
                rule.Observe(happened);
            choices += rule.Choices;
            if (_ending)
                return choices;

            AssertConsistent(_subscriber.Subscribe(_scheduler));
        }
    }

    private static void AssertConsistent(SchedulerSnapshot snapshot)
    {
        Assert.Equal(snapshot.Tasks.Admitted, snapshot.AdmittedTasks.Count);
        Assert.Equal(snapshot.Tasks.Running, snapshot.AdmittedTasks.Count(task => task.IsRunning));
        Assert.InRange(snapshot.Tasks.Admitted, 0, snapshot.TaskParallelism);
        Assert.Equal(snapshot.Pipelines.Running, snapshot.RunningPipelines.Count);
        Assert.All(snapshot.Resources, resource => Assert.InRange(resource.InUse, 0, resource.Capacity));
        Assert.False(snapshot.IsHeadHeldUp);
    }
}
