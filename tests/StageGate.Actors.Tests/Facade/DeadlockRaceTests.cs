using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>Waits that begin, or could end, at the same moment: as many are refused as must be, and none hangs.</summary>
public class DeadlockRaceTests
{
    private const int Rounds = 100;

    public static TheoryData<string> Each => [Dispatchers.Inline, Dispatchers.Pinned];

    [Theory]
    [MemberData(nameof(Each))]
    public void Of_two_that_hold_all_coordinators_one_is_refused_and_the_other_gets_what_it_waits_for(string dispatcher)
    {
        var scheduler = new Scheduler(Schedulers.Options(pipelines: 2).On(dispatcher));
        for (var round = 0; round < Rounds; round++)
        {
            using var both = new Barrier(2);
            var inner = new PipelineHandle<int>[2];
            var outer = Enumerable.Range(0, 2).Select(i => scheduler.Run(_ =>
            {
                Assert.True(both.SignalAndWait(Limits.Wait));
                inner[i] = scheduler.Run(_ => i);
                return Nested.IsRefused(() => inner[i].GetResult());
            })).ToList();

            Assert.Single(outer, pipeline => pipeline.GetResult(Limits.Wait));
            Assert.Equal([0, 1], inner.Select(pipeline => pipeline.GetResult(Limits.Wait)));
        }

        Nested.AssertUnharmed(scheduler);
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void Of_a_pipeline_that_waits_for_its_task_and_the_task_that_waits_for_a_queued_pipeline_one_is_refused(string dispatcher)
    {
        var scheduler = new Scheduler(Schedulers.Options(pipelines: 1).On(dispatcher));
        for (var round = 0; round < Rounds; round++)
        {
            using var both = new Barrier(2);
            var inner = default(PipelineHandle<int>)!;
            var task = default(TaskHandle<bool>)!;
            var outer = scheduler.Run(c =>
            {
                task = c.NewTask(() =>
                {
                    inner = scheduler.Run(_ => 3);
                    Assert.True(both.SignalAndWait(Limits.Wait));
                    return Nested.IsRefused(() => inner.GetResult());
                }).Run();
                Assert.True(both.SignalAndWait(Limits.Wait));
                return Nested.IsRefused(() => task.GetResult());
            });

            Assert.NotEqual(outer.GetResult(Limits.Wait), task.GetResult(Limits.Wait));
            Assert.Equal(3, inner.GetResult(Limits.Wait));
        }

        Nested.AssertUnharmed(scheduler);
    }

    [Theory]
    [MemberData(nameof(Each))]
    [Guarantee("W7")]
    public void A_wait_that_begins_while_a_coordinator_becomes_free_is_never_refused(string dispatcher)
    {
        var scheduler = new Scheduler(Schedulers.Options(pipelines: 2).On(dispatcher));
        for (var round = 0; round < Rounds; round++)
        {
            using var both = new Barrier(2);
            var working = scheduler.Run(_ => both.SignalAndWait(Limits.Wait));
            var outer = scheduler.Run(_ =>
            {
                var inner = scheduler.Run(_ => 3);
                Assert.True(both.SignalAndWait(Limits.Wait));
                return inner.GetResult();
            });

            Assert.Equal(3, outer.GetResult(Limits.Wait));
            Assert.True(working.GetResult(Limits.Wait));
        }

        Nested.AssertUnharmed(scheduler);
    }

    [Theory]
    [MemberData(nameof(Each))]
    public void A_hopeless_wait_for_a_pipeline_that_is_canceled_at_that_moment_ends_in_one_of_the_two_ways(string dispatcher)
    {
        var scheduler = new Scheduler(Schedulers.Options().On(dispatcher));
        for (var round = 0; round < Rounds; round++)
        {
            using var both = new Barrier(2);
            PipelineHandle<int> inner = null!;
            var outer = scheduler.Run(_ =>
            {
                inner = scheduler.Run(_ => 3);
                Assert.True(both.SignalAndWait(Limits.Wait));
                return Record.Exception(() => inner.GetResult());
            });
            Assert.True(both.SignalAndWait(Limits.Wait));

            var isCanceled = inner.Cancel();

            // Canceled after it was refused, or refused and begun before it could be canceled.
            var thrown = outer.GetResult(Limits.Wait);
            Assert.True(thrown is DeadlockException || (isCanceled && thrown is WorkCanceledException), $"{thrown}");
            if (!isCanceled)
                Assert.Equal(3, inner.GetResult(Limits.Wait));
        }

        Nested.AssertUnharmed(scheduler);
    }

    [Fact]
    [Guarantee("W8")]
    public void Of_many_that_wait_in_one_circle_exactly_one_is_refused()
    {
        const int Many = 8;
        var scheduler = Schedulers.New(pipelines: Many);
        for (var round = 0; round < Rounds / 2; round++)
        {
            using var all = new Barrier(Many + 1);
            var handles = new PipelineHandle<bool>[Many];
            for (var i = 0; i < Many; i++)
            {
                var next = (i + 1) % Many;
                handles[i] = scheduler.Run(_ =>
                {
                    Assert.True(all.SignalAndWait(Limits.Wait));
                    return Nested.IsRefused(() => handles[next].GetException());
                });
            }

            Assert.True(all.SignalAndWait(Limits.Wait));

            Assert.Single(handles, handle => handle.GetResult(Limits.Wait));
        }

        Nested.AssertUnharmed(scheduler);
    }
}
