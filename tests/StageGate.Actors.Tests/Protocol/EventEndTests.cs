using Akka.Actor;
using StageGate.Actors.Tests.Engine;
using StageGate.Actors.Tests.Support;
using static StageGate.Actors.SchedulerEvents;

namespace StageGate.Actors.Tests.Protocol;

/// <summary>What subscribers hear when the scheduler closes, or dies. They live in a system of their own, which does not die with it.</summary>
[Guarantee("E5")]
public sealed class EventEndTests : IDisposable
{
    private readonly ActorSystem _theirs = Systems.New();
    private readonly ActorSystem _ours = Systems.New();

    public static TheoryData<string, string> Cases => Deaths.OnEachDispatcher;

    public void Dispose()
    {
        _theirs.Terminate().EndsSomehow();
        _ours.Terminate().EndsSomehow();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void All_events_up_to_the_close_come_and_SchedulerClosed_comes_last(bool ownSystem)
    {
        using var scheduler = ownSystem ? Schedulers.New(2, 2) : Scheduler.Attach(_theirs, Schedulers.Options(2, 2));
        var subscriber = new Correspondent(_ours);
        subscriber.Subscribe(scheduler);
        for (var i = 0; i < 50; i++)
            scheduler.Run(controls => controls.NewTask(() => 1).Run());

        subscriber.Tell(scheduler, new SchedulerProtocol.CloseScheduler());

        var events = subscriber.Until<SchedulerProtocol.SchedulerClosed>();
        Assert.Equal(350, events.Count);
        Assert.Equal(50, events.OfType<PipelineEnded>().Count());
        Assert.Equal(50, events.OfType<TaskEnded>().Count());
        Bounded.OnOwnThread(() => scheduler.Close()).Ends();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void All_open_work_is_told_to_have_failed_and_whoever_watches_is_told_of_the_death(string death, string dispatcher)
    {
        using var scheduler = Scheduler.Attach(_theirs, Schedulers.Options(2, 1).On(dispatcher), Systems.SchedulerName);
        using var gate = new Gate();
        using var submitted = new Gate();
        var subscriber = new Correspondent(_ours);
        subscriber.Ref.Tell(scheduler.ActorRef);
        subscriber.Subscribe(scheduler);
        scheduler.Run(controls =>
        {
            var running = controls.NewTask(gate.Pass).Run();
            var queued = controls.NewTask(() => 1).Run();
            submitted.Pass();
            return controls.Wait<TaskHandle>([running, queued]).Done.Count;
        });
        submitted.WaitUntilEntered();
        gate.WaitUntilEntered();
        scheduler.Run(_ => submitted.IsOpen);
        scheduler.Run(_ => submitted.IsOpen);
        var before = subscriber.EventsSoFar(scheduler);

        _theirs.Die(death);

        var after = new List<object>();
        while (after.Count(letter => letter is PipelineEnded) + before.Count(letter => letter is PipelineEnded) < 3
            || after.Count(letter => letter is TaskEnded) < 2
            || !after.OfType<Terminated>().Any())
        {
            after.Add(subscriber.Next());
        }

        Assert.Equal(scheduler.ActorRef, after.OfType<Terminated>().Single().ActorRef);
        Assert.All(after.OfType<TaskEnded>(), ended => Assert.Equal(TaskState.Failed, ended.State));
        Assert.All(after.OfType<TaskEnded>(), ended => Assert.IsType<SchedulerTerminatedException>(ended.Failure));
        Assert.Equal([1L, 2], after.OfType<TaskEnded>().Select(ended => ended.TaskId).Order());
        var pipeline = after.OfType<PipelineEnded>().Single(ended => ended.PipelineId == 1);
        Assert.Equal(PipelineState.Failed, pipeline.State);
        Assert.IsType<SchedulerTerminatedException>(pipeline.Failure);
        submitted.Open();
    }

    /// <summary>On the other dispatcher the scheduler, which is run before it is stopped, would see it all first.</summary>
    [Fact]
    [Guarantee("E3")]
    public void What_has_happened_and_nobody_had_seen_when_the_engine_died_is_told_before_the_ends()
    {
        using var body = new Gate();
        using var callable = new Gate();
        using var last = new Gate();
        using var beginning = new Gate();
        var options = Schedulers.Options();
        options.TimeProvider = new BeginnersClock(beginning);
        using var scheduler = Scheduler.Attach(_theirs, options, Systems.SchedulerName);
        var subscriber = new Correspondent(_ours);
        subscriber.Subscribe(scheduler);
        var pipeline = scheduler.Run(c =>
        {
            c.NewTask(callable.Pass).Run();
            body.Pass();
            c.StageForward();
            c.NewTask(() => 1).Run();
            last.Pass();
            return 1;
        });
        beginning.WaitUntilEntered();
        body.WaitUntilEntered();
        subscriber.EventsSoFar(scheduler);

        // As long as the test has the turn, nobody sees anything.
        var turn = Links.TurnOf(scheduler);
        Assert.True(turn.Enter());
        beginning.Open();
        callable.WaitUntilEntered();
        body.Open();
        last.WaitUntilEntered();
        var dying = Bounded.OnOwnThread(() => _theirs.Die("the root is stopped"));
        Assert.False(Bounded.OnOwnThread(turn.Enter).Ends());
        turn.Leave();
        dying.Ends();

        Assert.Equal(1, subscriber.Next<TaskStarted>().TaskId);
        Assert.Equal(1, subscriber.Next<StageAdvanced>().Stage);
        Assert.Equal((2L, 1), subscriber.Next<TaskQueued>() is var queued ? (queued.TaskId, queued.Stage) : default);
        var ends = new[] { subscriber.Next(), subscriber.Next(), subscriber.Next() };
        Assert.Equal([(1L, true), (2L, false)], ends.OfType<TaskEnded>().Select(ended => (ended.TaskId, ended.HadStarted)).Order());
        Assert.Equal(1, Assert.Single(ends.OfType<PipelineEnded>()).Stage);
        Assert.Equal(1, pipeline.Snapshot().Stage);
    }

    /// <summary>A <c>Run()</c> that fails because its task did, and reports its end, while the engine is still dying.</summary>
    [Theory]
    [InlineData(Dispatchers.Inline)]
    [InlineData(Dispatchers.Pinned)]
    [Guarantee("E3")]
    public void An_end_that_another_thread_is_about_to_tell_while_the_engine_dies_is_not_lost(string dispatcher)
    {
        using var gate = new Gate();
        using var taskGate = new Gate();
        var clock = new LateClock(gate);
        var options = Schedulers.Options().On(dispatcher);
        options.TimeProvider = clock;
        using var scheduler = Scheduler.Attach(_theirs, options, Systems.SchedulerName);
        var subscriber = new Correspondent(_ours);
        subscriber.Subscribe(scheduler);
        scheduler.Run(c =>
        {
            var task = c.NewTask(taskGate.Pass).Run();
            taskGate.WaitUntilEntered();
            clock.Late = Thread.CurrentThread;
            task.GetResult();
            return 1;
        });
        Assert.True(SpinWait.SpinUntil(() => clock.Late is not null, Limits.Wait));
        subscriber.EventsSoFar(scheduler);
        clock.IsArmed = true;

        var dying = Bounded.OnOwnThread(() => _theirs.Die("the root is killed"));
        gate.WaitUntilEntered();
        Assert.True(SpinWait.SpinUntil(
            () => scheduler.IsClosed || (clock.Dying is { ThreadState: var state } && state.HasFlag(ThreadState.WaitSleepJoin)), Limits.Wait));
        gate.Open();

        string[] told = [subscriber.Next().GetType().Name, subscriber.Next().GetType().Name];
        Assert.Equal([nameof(PipelineEnded), nameof(TaskEnded)], told.Order());
        dying.Ends();
    }

    /// <summary>Holds the first worker when it is about to tell that it begins a task.</summary>
    private sealed class BeginnersClock(Gate gate) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            if (!gate.IsOpen && Thread.CurrentThread.Name?.StartsWith("stagegate-worker", StringComparison.Ordinal) == true)
                gate.Pass();
            return base.GetUtcNow();
        }
    }

    /// <summary>
    /// Holds one thread when it is about to tell of an end, after it had posted it; and the one that ends all, at its first, until the other has come
    /// so far.
    /// </summary>
    private sealed class LateClock(Gate gate) : TimeProvider
    {
        private int _looks;

        public Thread? Late { get; set; }

        public Thread? Dying { get; private set; }

        public bool IsArmed { get; set; }

        public override DateTimeOffset GetUtcNow()
        {
            if (IsArmed && Thread.CurrentThread == Late && ++_looks == 2)
            {
                gate.Pass();
            }
            else if (IsArmed && Thread.CurrentThread != Late && Dying is null)
            {
                gate.WaitUntilEntered();
                Dying = Thread.CurrentThread;
            }

            return base.GetUtcNow();
        }
    }
}
