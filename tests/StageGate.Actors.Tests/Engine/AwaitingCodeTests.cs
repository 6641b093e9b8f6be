using Akka.Actor;
using StageGate.Actors.Tests.Support;
using Dispatchers = StageGate.Actors.Tests.Support.Dispatchers;

namespace StageGate.Actors.Tests.Engine;

/// <summary>Where the code goes on that awaits handles and answers: never in the scheduler's turn, and it keeps nobody waiting.</summary>
public class AwaitingCodeTests
{
    private static readonly Dictionary<string, Func<Scheduler, PipelineHandle<int>, Task>> s_awaited = new()
    {
        ["a pipeline"] = async (_, pipeline) => await pipeline,
        ["the drained"] = (_, pipeline) => pipeline.Drained,
        ["a snapshot"] = (scheduler, _) => scheduler.ActorRef.Ask<SchedulerSnapshot>(SchedulerProtocol.GetSnapshot.Instance, Limits.Wait),
        ["the close"] = (scheduler, _) => scheduler.ActorRef.Ask<SchedulerProtocol.SchedulerClosed>(new SchedulerProtocol.CloseScheduler(), Limits.Wait),
        ["a wait"] = (scheduler, pipeline) => scheduler.WaitPipelinesAsync([pipeline]),
    };

    public static TheoryData<string, string> Awaited => Dispatchers.Each(s_awaited.Keys);

    [Theory]
    [MemberData(nameof(Awaited))]
    [Guarantee("B4")]
    public void A_context_that_runs_there_and_then_what_is_posted_to_it_may_ask_the_scheduler(string what, string dispatcher) =>
        GoesOn(what, dispatcher, new HastyContext(block: null));

    [Theory]
    [MemberData(nameof(Awaited))]
    [Guarantee("B4")]
    public void A_context_that_blocks_whoever_posts_to_it_does_not_block_the_scheduler(string what, string dispatcher)
    {
        using var gate = new Gate();
        GoesOn(what, dispatcher, new HastyContext(gate));
    }

    [Theory]
    [InlineData(Dispatchers.Inline)]
    [InlineData(Dispatchers.Pinned)]
    [Guarantee("B4")]
    public void A_task_scheduler_that_runs_there_and_then_what_it_is_given_may_ask_the_scheduler(string dispatcher)
    {
        using var scheduler = new Scheduler(Schedulers.Options().On(dispatcher));
        using var gate = new Gate();
        var pipeline = scheduler.Run(_ => Pass(gate));

        var asked = pipeline.Completion.ContinueWith(
            _ => scheduler.Snapshot().Pipelines.Total, CancellationToken.None, TaskContinuationOptions.None, new HastyScheduler());
        gate.Open();

        Assert.Equal(1, asked.Ends());
    }

    [Theory]
    [InlineData(Dispatchers.Inline)]
    [InlineData(Dispatchers.Pinned)]
    [Guarantee("B3")]
    public void Calls_on_a_task_scheduler_with_one_thread_need_no_other_and_leave_nothing_behind_there(string dispatcher)
    {
        var guest = new GuestScheduler();

        var closed = GuestScheduler.Run(guest, () =>
        {
            using var scheduler = new Scheduler(Schedulers.Options().On(dispatcher));
            var pipeline = scheduler.Run(c => c.NewTask(() => 1).Run().GetResult(Limits.Wait));
            Assert.Equal(1, pipeline.GetResult(Limits.Wait));
            Assert.False(pipeline.Cancel());
            Assert.Equal(1, pipeline.Snapshot().Tasks.Succeeded);
            Assert.Equal(1, scheduler.Snapshot().Pipelines.Succeeded);
            scheduler.Shutdown();
            scheduler.Close();
            return scheduler.IsClosed;
        });

        Assert.True(closed.Ends());
        Assert.Equal(0, guest.Queued);
    }

    [Fact]
    [Guarantee("B3")]
    public void An_attached_one_leaves_nothing_behind_there_either()
    {
        using var system = Systems.New();
        var guest = new GuestScheduler();

        var closed = GuestScheduler.Run(guest, () =>
        {
            var scheduler = Scheduler.Attach(system, Schedulers.Options());
            Assert.Equal(1, scheduler.Result(_ => 1));
            scheduler.Close();
            return scheduler.CloseAsync();
        });

        closed.Ends().Ends();
        Assert.Equal(0, guest.Queued);
        system.Terminate().EndsSomehow();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Guarantee("M4")]
    public void The_flow_of_control_that_makes_a_scheduler_is_not_kept_by_it(bool own)
    {
        using var system = own ? null : Systems.New();
        using var scheduler = Make(system, out var value);

        Traces.AssertCollected([value]);
        system?.Terminate().EndsSomehow();
    }

    private static Scheduler Make(ActorSystem? system, out WeakReference value)
    {
        // On a thread of its own, whose flow ends with it.
        (Scheduler, WeakReference) made = Bounded.OnOwnThread(() =>
        {
            var held = new object();
            new AsyncLocal<object>().Value = held;
            return (system is null ? Schedulers.New() : Scheduler.Attach(system, Schedulers.Options()), new WeakReference(held));
        }).Ends();
        (var scheduler, value) = made;
        return scheduler;
    }

    private static void GoesOn(string what, string dispatcher, HastyContext context)
    {
        using var scheduler = new Scheduler(Schedulers.Options().On(dispatcher));
        using var gate = new Gate();
        var pipeline = scheduler.Run(_ => Pass(gate));
        gate.WaitUntilEntered();

        // What is awaited is asked for under the context. An answer that comes at once has the awaiting thread itself post, and wait there.
        var going = Bounded.OnOwnThreadUntilItWaits(() =>
        {
            SynchronizationContext.SetSynchronizationContext(context);
            return GoOn(s_awaited[what](scheduler, pipeline));
        });
        gate.Open();

        Assert.Equal(1, pipeline.GetResult(Limits.Wait));
        Assert.Equal(1, Bounded.OnOwnThread(() => scheduler.Snapshot().Pipelines.Succeeded).Ends());
        context.Release();
        Assert.Equal(1, going.Ends().Ends());

        async Task<long> GoOn(Task awaited)
        {
            await awaited;
            return scheduler.Snapshot().Pipelines.Total;
        }
    }

    private static int Pass(Gate gate)
    {
        gate.Pass();
        return 1;
    }

    /// <summary>Runs what is posted on the thread that posts it, once it is let go.</summary>
    private sealed class HastyContext(Gate? block) : SynchronizationContext
    {
        public void Release() => block?.Open();

        public override void Post(SendOrPostCallback d, object? state)
        {
            block?.Pass();
            d(state);
        }

        public override SynchronizationContext CreateCopy() => this;
    }
}
