using Akka.Actor;
using StageGate.Actors.Tests.Support;
using static StageGate.Actors.SchedulerProtocol;

namespace StageGate.Actors.Tests.Protocol;

/// <summary>Messages that cannot be done, come too late, or mean nothing.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly ActorSystem _system = Systems.New();

    public void Dispose() => _system.Terminate().EndsSomehow();

    [Fact]
    [Guarantee("E1", "E2", "R1")]
    public void A_submission_of_nothing_is_rejected()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());
        var actor = new Correspondent(_system);

        var rejected = actor.Ask<PipelineRejected>(scheduler, new SubmitPipeline(null!));

        Assert.Null(rejected.Pipeline);
        Assert.Equal("pipeline", Assert.IsType<ArgumentNullException>(rejected.Reason).ParamName);
        Assert.Equal(1, scheduler.Run(_ => 7).Id);
    }

    [Fact]
    [Guarantee("E1", "E2", "S4")]
    public void A_pipeline_that_was_used_up_is_rejected_and_one_that_was_rejected_can_go_elsewhere()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());
        using var other = Scheduler.Attach(_system, Schedulers.Options());
        var actor = new Correspondent(_system);
        var pipeline = new ScriptedPipeline<int>(_ => 7);
        scheduler.Shutdown();

        Assert.Same(pipeline, actor.Ask<PipelineRejected>(scheduler, new SubmitPipeline(pipeline)).Pipeline);
        var accepted = actor.Ask<PipelineAccepted>(other, new SubmitPipeline(pipeline));
        Assert.Same(accepted.Handle, actor.Next<PipelineEnded>().Handle);
        Assert.IsType<InvalidOperationException>(actor.Ask<PipelineRejected>(other, new SubmitPipeline(pipeline)).Reason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(long.MaxValue)]
    public void Canceling_what_does_not_exist_or_has_ended_is_answered_with_false(long id)
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());
        scheduler.Result(_ => 7);
        var actor = new Correspondent(_system);

        Assert.False(actor.Ask<CancelReply>(scheduler, new CancelPipeline(id)).Canceled);
        Assert.False(actor.Ask<CancelReply>(scheduler, new CancelPipeline(1)).Canceled);
    }

    [Fact]
    [Guarantee("E6")]
    public void What_it_does_not_understand_is_unhandled()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());
        var actor = new Correspondent(_system);

        foreach (var nonsense in (object[])["hello", 7, new object(), new Terminated(actor.Ref, true, false), ShutdownBegun.Instance])
            actor.Tell(scheduler, nonsense);

        Assert.Equal(0, actor.Ask<SchedulerSnapshot>(scheduler, GetSnapshot.Instance).Pipelines.Total);
        Assert.Equal(7, scheduler.Result(_ => 7));
    }

    [Fact]
    [Guarantee("E6")]
    public void Without_a_sender_every_message_does_its_work_and_is_answered_to_nobody()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());
        using var gate = new Gate();
        using var ran = new Gate();
        ran.Open();
        var pending = scheduler.Run(_ =>
        {
            gate.Pass();
            return 1;
        });
        gate.WaitUntilEntered();
        var canceled = scheduler.Run(_ => 2);
        object[] messages =
        [
            GetSnapshot.Instance, new CancelPipeline(canceled.Id), new SubmitPipeline(null!),
            new SubmitPipeline(new ScriptedPipeline<int>(_ =>
            {
                ran.Pass();
                return 3;
            })),
            new BeginShutdown(), new SubmitPipeline(new ScriptedPipeline<int>(_ => 4)), new CloseScheduler(),
        ];

        foreach (var message in messages)
            scheduler.ActorRef.Tell(message, ActorRefs.NoSender);

        Assert.Throws<WorkCanceledException>(() => canceled.GetResult(Limits.Wait));
        gate.Open();
        pending.GetResult(Limits.Wait);
        ran.WaitUntilEntered();
        Assert.True(scheduler.ActorRef.WatchAsync().Ends());
        Assert.Equal(new PipelineCounts(0, 0, 2, 0, 1), scheduler.Snapshot().Pipelines);
    }

    [Fact]
    [Guarantee("N16")]
    public void After_the_close_nothing_is_answered_and_nothing_is_used_up()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());
        using var other = Scheduler.Attach(_system, Schedulers.Options());
        var pipeline = new ScriptedPipeline<int>(_ => 7);
        Bounded.OnOwnThread(() => scheduler.Close()).Ends();

        foreach (var message in (object[])[new SubmitPipeline(pipeline), GetSnapshot.Instance, new Subscribe(), new CloseScheduler()])
            Assert.Throws<AskTimeoutException>(() => scheduler.ActorRef.Ask<object>(message, TimeSpan.FromMilliseconds(1)).Ends());

        Assert.Equal(7, other.RunPipeline(pipeline).GetResult(Limits.Wait));
        Assert.True(scheduler.ActorRef.WatchAsync().Ends());
    }
}
