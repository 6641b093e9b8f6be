using Akka.Dispatch;
using StageGate.Actors.Engine;
using StageGate.Actors.Engine.Dispatch;
using StageGate.Actors.Engine.Events;
using StageGate.Actors.Tests.Support;
using Dispatchers = StageGate.Actors.Tests.Support.Dispatchers;

namespace StageGate.Actors.Tests.Engine;

/// <summary>
/// Threads with an interrupt that waits for them meet where they hand something to the scheduler. Those who meet wait for each other now and
/// then, and there it would strike.
/// </summary>
public class PosterInterruptTests
{
    private const int Posters = 4;

    [Fact]
    [Guarantee("X7")]
    public void A_fact_is_not_lost_to_one_nor_the_interrupt_to_the_fact()
    {
        const int each = 24;
        var inboxes = Enumerable.Range(0, 2_000).Select(_ => new Inbox(new EventFeed(null!, TimeProvider.System))).ToList();

        AssertNotLost(_ =>
        {
            foreach (var inbox in inboxes)
            {
                for (var i = 0; i < each; i++)
                    inbox.Add(Fact.WaitBegun(NoWork.Instance));
            }
        });

        Assert.All(inboxes, inbox => Assert.Equal(Posters * each, inbox.Count));
    }

    [Fact]
    [Guarantee("X7")]
    public void What_a_thread_is_to_run_is_not_lost_to_one_nor_the_interrupt_to_what_it_is_to_run()
    {
        const int each = 5_000;
        var ran = 0;
        var thread = new DedicatedThread(() => "tested");

        AssertNotLost(_ =>
        {
            for (var i = 0; i < each; i++)
                thread.Execute(new ActionRunnable(() => ran++));
        });

        thread.Complete();
        thread.Join();
        Assert.Equal(Posters * each, ran);
    }

    [Fact]
    [Guarantee("X7", "S3", "V4")]
    public void A_submission_is_not_lost_to_one_and_takes_the_next_number()
    {
        using var scheduler = new Scheduler(Schedulers.Options(pipelines: 4, tasks: 2));
        var handles = new PipelineHandle<int>[Posters][];

        AssertNotLost(poster => handles[poster] =
            [.. Enumerable.Range(0, 100).Select(_ => scheduler.Run(c => c.NewTask(() => 1).Run().GetResult(Limits.Wait)))]);

        foreach (var handle in handles.SelectMany(each => each))
            Assert.Equal(1, handle.GetResult(Limits.Wait));
        Assert.Equal(Enumerable.Range(1, Posters * 100), handles.SelectMany(each => each).Select(handle => (int)handle.Id).Order());
    }

    [Fact]
    [Guarantee("X7", "S4")]
    public void One_that_strikes_at_the_door_turns_no_pipeline_away()
    {
        using var system = Systems.New();
        using var gate = new Gate();
        var clock = new GatedClock(gate);
        var options = Schedulers.Options(pipelines: 2);
        options.TimeProvider = clock;
        using var scheduler = Scheduler.Attach(system, options);
        new Correspondent(system).Subscribe(scheduler);

        // The clock is asked at the door, so the first one keeps the second one waiting there.
        clock.IsClosed = true;
        var first = Bounded.OnOwnThread(() => scheduler.Run(_ => 1));
        gate.WaitUntilEntered();
        var second = Bounded.OnOwnThreadUntilItWaits(() =>
        {
            Thread.CurrentThread.Interrupt();
            var handle = scheduler.Run(_ => 2);
            return (Handle: handle, IsInterrupted: Interrupts.StrikeNow());
        });
        clock.IsClosed = false;
        gate.Open();

        var (handle, isInterrupted) = second.Ends();
        Assert.True(isInterrupted);
        Assert.Equal(2, handle.GetResult(Limits.Wait));
        Assert.Equal(1, first.Ends().GetResult(Limits.Wait));
        system.Terminate().EndsSomehow();
    }

    [Theory]
    [InlineData(Dispatchers.Inline)]
    [InlineData(Dispatchers.Pinned)]
    [Guarantee("X7", "D1")]
    public void The_end_of_an_async_pipeline_is_not_lost_to_one(string dispatcher)
    {
        const int each = 250;
        using var scheduler = new Scheduler(Schedulers.Options(pipelines: Posters * each).On(dispatcher));
        var sources = Enumerable.Range(0, Posters * each).Select(_ => new TaskCompletionSource<int>()).ToList();
        var handles = sources.Select(source => scheduler.RunAsync<int>(_ => source.Task)).ToList();
        Assert.True(SpinWait.SpinUntil(() => scheduler.Snapshot().Pipelines.Running == Posters * each, Limits.Wait));

        AssertNotLost(poster =>
        {
            for (var i = 0; i < each; i++)
                sources[poster * each + i].SetResult(i);
        });

        foreach (var handle in handles)
            handle.GetResult(Limits.Wait);
    }

    /// <summary>Each poster has one from the first to the last of its steps, and still has it afterwards.</summary>
    private static void AssertNotLost(Action<int> post)
    {
        var ready = 0;
        var isThere = Bounded.OnOwnThreads(Posters, poster =>
        {
            Thread.CurrentThread.Interrupt();
            Interlocked.Increment(ref ready);
            while (Volatile.Read(ref ready) < Posters)
                Thread.Yield();
            post(poster);
            return Interrupts.StrikeNow();
        }).End();
        Assert.All(isThere, Assert.True);
    }

    /// <summary>A clock that stops those who ask it, while it is closed.</summary>
    private sealed class GatedClock(Gate gate) : TimeProvider
    {
        public volatile bool IsClosed;

        public override DateTimeOffset GetUtcNow()
        {
            if (IsClosed)
                gate.Pass();
            return base.GetUtcNow();
        }
    }
}
