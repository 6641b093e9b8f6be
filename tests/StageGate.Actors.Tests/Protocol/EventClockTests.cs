using Akka.Actor;
using StageGate.Actors.Tests.Support;
using static StageGate.Actors.SchedulerEvents;

namespace StageGate.Actors.Tests.Protocol;

/// <summary>Events have the time of the clock in the options, and nothing else hangs on what it says.</summary>
public sealed class EventClockTests : IDisposable
{
    private static readonly DateTimeOffset s_noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, (DateTimeOffset Start, TimeSpan Step)> s_clocks = new()
    {
        ["goes"] = (s_noon, TimeSpan.FromSeconds(1)),
        ["goes backwards"] = (s_noon, TimeSpan.FromDays(-1)),
        ["stands"] = (s_noon, TimeSpan.Zero),
        ["stands in another zone"] = (s_noon.ToOffset(TimeSpan.FromHours(14)), TimeSpan.Zero),
        ["begins with the first time there is"] = (DateTimeOffset.MinValue, TimeSpan.FromTicks(1)),
        ["stands at the first time there is"] = (DateTimeOffset.MinValue, TimeSpan.Zero),
        ["stands at the last time there is"] = (DateTimeOffset.MaxValue, TimeSpan.Zero),
        ["ends with the first time there is"] = (DateTimeOffset.MinValue.AddTicks(2), TimeSpan.FromTicks(-1)),
    };

    private readonly ActorSystem _system = Systems.New();

    public static TheoryData<string, string> Each => Dispatchers.Each(s_clocks.Keys);

    public void Dispose() => _system.Terminate().EndsSomehow();

    [Theory]
    [MemberData(nameof(Each))]
    [Guarantee("N15")]
    public void Each_event_has_the_time_that_the_clock_says_at_that_moment(string name, string dispatcher)
    {
        var clock = new SteppingClock(s_clocks[name]);
        using var scheduler = Attach(clock, dispatcher);
        var subscriber = new Correspondent(_system);
        subscriber.Subscribe(scheduler);

        scheduler.Result(_ => 1);

        var events = subscriber.EventsSoFar(scheduler).Cast<SchedulerEvent>().ToList();
        Assert.Equal([typeof(PipelineQueued), typeof(PipelineStarted), typeof(PipelineEnded)], events.Select(e => e.GetType()));
        Assert.Equal([clock.At(0), clock.At(1), clock.At(2)], events.Select(e => e.Timestamp));
        Assert.All(events, e => Assert.Equal(TimeSpan.Zero, e.Timestamp.Offset));
    }

    [Theory]
    [MemberData(nameof(Each))]
    [Guarantee("N15")]
    public void The_end_of_a_task_never_has_an_earlier_time_than_its_beginning(string name, string dispatcher)
    {
        using var scheduler = Attach(new SteppingClock(s_clocks[name]), dispatcher);
        var subscriber = new Correspondent(_system);
        subscriber.Subscribe(scheduler);

        scheduler.Result(c => c.NewTask(() => 1).Run().GetResult(Limits.Wait));

        var events = subscriber.EventsSoFar(scheduler);
        Assert.True(events.OfType<TaskEnded>().Single().Timestamp >= events.OfType<TaskStarted>().Single().Timestamp);
    }

    [Theory]
    [MemberData(nameof(Each))]
    [Guarantee("E3")]
    public void Who_listens_learns_what_had_started_whatever_the_clock_says(string name, string dispatcher)
    {
        using var scheduler = Attach(new SteppingClock(s_clocks[name] with { Step = TimeSpan.Zero }), dispatcher);
        using var gate = new Gate();
        using var submitted = new Gate();
        var early = new Correspondent(_system);
        early.Subscribe(scheduler);
        var pipeline = scheduler.Run(c =>
        {
            var running = c.NewTask(gate.Pass).Run();
            var queued = c.NewTask(() => 1).Run();
            submitted.Pass();
            queued.Cancel();
            return running;
        });
        submitted.WaitUntilEntered();
        gate.WaitUntilEntered();

        var late = new Correspondent(_system);
        var begin = late.Subscribe(scheduler);
        submitted.Open();
        pipeline.GetResult(Limits.Wait);
        gate.Open();
        pipeline.GetResult(Limits.Wait).GetResult(Limits.Wait);

        Assert.Equal(1, begin.Tasks.Running);
        Assert.True(Assert.Single(begin.AdmittedTasks).IsRunning);
        var (toldEarly, toldLate) = (early.EventsSoFar(scheduler), late.EventsSoFar(scheduler));
        Assert.Equal([true, false, true], HadStarted(toldEarly));
        Assert.Equal([true, false, true], HadStarted(toldLate));
        Assert.Single(toldEarly.OfType<TaskStarted>());
        Assert.Empty(toldLate.OfType<TaskStarted>());

        static bool[] HadStarted(List<object> events) =>
        [
            events.OfType<TaskEnded>().Single(e => e.TaskId == 1).HadStarted,
            events.OfType<TaskEnded>().Single(e => e.TaskId == 2).HadStarted,
            events.OfType<PipelineEnded>().Single().HadStarted,
        ];
    }

    [Theory]
    [InlineData(Dispatchers.Inline)]
    [InlineData(Dispatchers.Pinned)]
    [Guarantee("N20")]
    public void A_clock_that_blocks_holds_up_the_scheduler_and_who_asks_it_something(string dispatcher)
    {
        var gate = new Gate();
        using var scheduler = Attach(new BlockingClock(gate), dispatcher);
        using var release = gate;
        new Correspondent(_system).Subscribe(scheduler);
        var submitting = Bounded.OnOwnThread(() => scheduler.Run(_ => 1));
        gate.WaitUntilEntered();

        var asking = Bounded.OnOwnThread(scheduler.Snapshot);

        Assert.False(asking.IsCompleted);
        gate.Open();
        Assert.Equal(1, submitting.Ends().GetResult(Limits.Wait));
        Assert.Equal(1, asking.Ends().Pipelines.Total);
    }

    [Theory]
    [InlineData(Dispatchers.Inline)]
    [InlineData(Dispatchers.Pinned)]
    [Guarantee("B1")]
    public void A_clock_that_blocks_where_an_end_is_reported_keeps_no_other_worker_from_its_work(string dispatcher)
    {
        var gate = new Gate();
        var clock = new ClockOnWorker(gate);
        using var scheduler = Attach(clock, dispatcher, tasks: 2);
        using var release = gate;
        new Correspondent(_system).Subscribe(scheduler);
        var kept = scheduler.Result(c => c.NewTask(clock.BlockHere).Run());
        gate.WaitUntilEntered();

        Assert.Equal(1, scheduler.Result(c => c.NewTask(() => 1).Run().GetResult(Limits.Wait)));
        Assert.False(kept.IsDone);
        gate.Open();
        kept.GetResult(Limits.Wait);
    }

    /// <summary>On the inline dispatcher another thread may have the turn when the actor stops; on any other one the actor itself has it.</summary>
    [Fact]
    [Guarantee("E5")]
    public void An_engine_that_dies_while_the_clock_blocks_tells_first_what_it_was_about_to_tell()
    {
        var gate = new Gate();
        var scheduler = Attach(new BlockingClock(gate), Dispatchers.Inline);
        using var release = gate;
        var subscriber = new Correspondent(_system);
        subscriber.Subscribe(scheduler);
        var submitting = Bounded.OnOwnThread(() => scheduler.Run(_ => 1));
        gate.WaitUntilEntered();

        // An engine that does not wait for the turn that the clock holds up has died within this time; one that does goes on when the clock does.
        var dying = Bounded.OnOwnThread(() => _system.Stop(scheduler.ActorRef));
        SpinWait.SpinUntil(() => dying.IsCompleted, TimeSpan.FromMilliseconds(200));
        gate.Open();

        dying.Ends();
        submitting.Ends().Completion.EndsSomehow();
        Assert.Equal(
            [typeof(PipelineQueued), typeof(PipelineStarted), typeof(PipelineEnded)],
            Enumerable.Range(0, 3).Select(_ => subscriber.Next().GetType()));
    }

    private Scheduler Attach(TimeProvider clock, string dispatcher, int tasks = 1)
    {
        var options = Schedulers.Options(tasks: tasks).On(dispatcher);
        options.TimeProvider = clock;
        return Scheduler.Attach(_system, options);
    }

    /// <summary>Goes on by one step whenever it is looked at.</summary>
    private sealed class SteppingClock((DateTimeOffset Start, TimeSpan Step) way) : TimeProvider
    {
        private int _looks;

        public DateTimeOffset At(int look) => (way.Start + (look * way.Step)).ToUniversalTime();

        public override DateTimeOffset GetUtcNow() => way.Start + ((Interlocked.Increment(ref _looks) - 1) * way.Step);
    }

    /// <summary>Blocks at the next look on the thread of a task.</summary>
    private sealed class ClockOnWorker(Gate gate) : TimeProvider
    {
        private Thread? _where;

        public void BlockHere() => Volatile.Write(ref _where, Thread.CurrentThread);

        public override DateTimeOffset GetUtcNow()
        {
            if (Interlocked.CompareExchange(ref _where, null, Thread.CurrentThread) == Thread.CurrentThread)
                gate.Pass();
            return s_noon;
        }
    }

    /// <summary>Blocks at the second look: the first one is taken by who submits, the second one by the scheduler.</summary>
    private sealed class BlockingClock(Gate gate) : TimeProvider
    {
        private int _looks;

        public override DateTimeOffset GetUtcNow()
        {
            if (Interlocked.Increment(ref _looks) == 2)
                gate.Pass();
            return s_noon;
        }
    }
}
