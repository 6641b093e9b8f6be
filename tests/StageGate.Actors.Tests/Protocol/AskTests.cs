using System.Runtime.ExceptionServices;
using Akka.Actor;
using Akka.Event;
using StageGate.Actors.Tests.Support;
using static StageGate.Actors.SchedulerProtocol;

namespace StageGate.Actors.Tests.Protocol;

/// <summary>The ways in which people who know Akka.NET talk to an actor: Ask, PipeTo, ReceiveAsync.</summary>
public sealed class AskTests : IDisposable
{
    private readonly ActorSystem _system = Systems.New();

    public void Dispose() => _system.Terminate().EndsSomehow();

    [Fact]
    [Guarantee("E1")]
    public void Every_question_can_be_asked()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());
        using var gate = new Gate();
        var actor = scheduler.ActorRef;
        scheduler.Run(controls => controls.NewTask(gate.Pass).Run());

        var accepted = actor.Ask<PipelineAccepted>(new SubmitPipeline(new ScriptedPipeline<int>(_ => 5), "five"), Limits.Wait).Ends();
        var five = Assert.IsType<PipelineHandle<int>>(accepted.Handle);
        Assert.Equal("five", five.Name);
        Assert.Equal(5, five.Completion.Ends());
        Assert.Equal(2, actor.Ask<SchedulerSnapshot>(GetSnapshot.Instance, Limits.Wait).Ends().Pipelines.Total);
        Assert.False(actor.Ask<CancelReply>(new CancelPipeline(five.Id), Limits.Wait).Ends().Canceled);
        gate.WaitUntilEntered();
        actor.Ask<ShutdownBegun>(new BeginShutdown(), Limits.Wait).Ends();
        var late = new ScriptedPipeline<int>(_ => 6);
        var rejected = actor.Ask<PipelineRejected>(new SubmitPipeline(late), Limits.Wait).Ends();
        Assert.Same(late, rejected.Pipeline);
        Assert.IsType<InvalidOperationException>(rejected.Reason);
        actor.Ask<TerminationRequested>(RequestTermination.Instance, Limits.Wait).Ends();
        var closed = actor.Ask<SchedulerClosed>(new CloseScheduler(), Limits.Wait);
        Assert.False(closed.IsCompleted);
        gate.Open();
        closed.Ends();
    }

    [Fact]
    [Guarantee("E2")]
    public void Who_is_told_of_the_end_finds_the_Completion_ended_that_was_asked_for_before()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());

        for (var i = 0; i < 300; i++)
        {
            using var gate = new Gate();
            var submitter = new WaitingRef(gate);
            scheduler.ActorRef.Tell(new SubmitPipeline(new ScriptedPipeline<int>(_ =>
            {
                gate.Pass();
                return i;
            })), submitter);
            Assert.True(submitter.HadEndedWhenTold.Ends());
        }
    }

    /// <summary>Found by a review: code that watches what is thrown runs before a canceled task is there.</summary>
    [Fact]
    [Guarantee("E2")]
    public void Who_is_told_of_a_cancellation_finds_that_too_however_long_somebody_looks_at_its_exception()
    {
        const string name = "its exception is looked at for long";
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());
        using var blocking = new Gate();
        using var looking = new Gate();
        scheduler.Run(c => c.NewTask(blocking.Pass).Run().GetException(Limits.Wait));
        var submitter = new Correspondent(_system);
        submitter.Tell(scheduler, new SubmitPipeline(new ScriptedPipeline<int>(_ => 1), name));
        var handle = submitter.Next<PipelineAccepted>().Handle;
        var completion = handle.Completion;
        AppDomain.CurrentDomain.FirstChanceException += Look;
        try
        {
            Assert.True(handle.Cancel());
            looking.WaitUntilEntered();
            Assert.False(completion.IsCompleted || submitter.HasMail);
            looking.Open();

            Assert.Same(handle, submitter.Next<PipelineEnded>().Handle);
            Assert.True(completion.IsCanceled);
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Look;
        }

        void Look(object? sender, FirstChanceExceptionEventArgs thrown)
        {
            if (thrown.Exception is WorkCanceledException canceled && canceled.Message.Contains(name, StringComparison.Ordinal))
                looking.Pass();
        }
    }

    [Fact]
    public void The_end_of_a_pipeline_whose_submitter_was_an_Ask_is_no_dead_letter()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());
        var deadLetters = new Correspondent(_system);
        Assert.True(_system.EventStream.Subscribe(deadLetters.Ref, typeof(DeadLetter)));

        var accepted = scheduler.ActorRef.Ask<PipelineAccepted>(new SubmitPipeline(new ScriptedPipeline<int>(_ => 5)), Limits.Wait).Ends();
        accepted.Handle.GetResult(Limits.Wait);
        Bounded.OnOwnThread(() => scheduler.Close()).Ends();
        _system.DeadLetters.Tell("the last one");

        Assert.Equal("the last one", deadLetters.Next<DeadLetter>().Message);
    }

    [Fact]
    public void An_Ask_whose_time_is_up_changes_nothing()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());
        using var gate = new Gate();
        var blocked = scheduler.Run(controls => controls.NewTask(gate.Pass).Run());
        gate.WaitUntilEntered();

        Assert.Throws<AskTimeoutException>(() =>
            scheduler.ActorRef.Ask<SchedulerClosed>(new CloseScheduler(), TimeSpan.FromMilliseconds(1)).Ends());

        // The asker gave up; the scheduler has been asked to close all the same.
        Assert.True(scheduler.ShutdownStarted);
        var patient = scheduler.ActorRef.Ask<SchedulerClosed>(new CloseScheduler(), Limits.Wait);
        gate.Open();
        patient.Ends();
        blocked.GetResult(Limits.Wait);
    }

    [Fact]
    public void Completion_can_be_piped_to_an_actor()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options());
        using var gate = new Gate();
        var actor = new Correspondent(_system);
        var failure = new FormatException();

        scheduler.Run(_ => 5).Completion.PipeTo(actor.Ref);
        Assert.Equal(5, actor.Next<int>());
        scheduler.Run<int>(_ => throw failure).Completion.PipeTo(actor.Ref);
        Assert.Same(failure, Cause(actor.Next<Status.Failure>()));
        scheduler.Run(_ =>
        {
            gate.Pass();
            return 1;
        });
        gate.WaitUntilEntered();
        var canceled = scheduler.Run(_ => 6);
        canceled.Completion.PipeTo(actor.Ref);
        Assert.True(canceled.Cancel());
        Assert.IsType<WorkCanceledException>(Cause(actor.Next<Status.Failure>()));

        static Exception? Cause(Status.Failure failed) => failed.Cause is AggregateException several ? several.InnerException : failed.Cause;
    }

    [Fact]
    public void Awaiting_a_handle_in_ReceiveAsync_goes_on_in_the_actors_own_context()
    {
        using var scheduler = Scheduler.Attach(_system, Schedulers.Options(2, 2));
        var actor = _system.ActorOf(Props.Create(() => new Awaiting(scheduler)));

        var answers = Enumerable.Range(0, 50).Select(i => actor.Ask<int>(i, Limits.Wait)).ToArray();

        Assert.Equal(Enumerable.Range(0, 50).Select(i => i + 1), answers.End());
    }

    /// <summary>Uses its context and its sender after each await, and takes one message at a time.</summary>
    private sealed class Awaiting : ReceiveActor
    {
        private int _inside;

        public Awaiting(Scheduler scheduler) => ReceiveAsync<int>(async i =>
        {
            Check(++_inside == 1);
            var handle = scheduler.Run(controls => controls.NewTask(() => i + 1).Run().GetResult(Limits.Wait));
            var result = await handle;
            Check(Context.Self.Equals(Self));
            var snapshot = await scheduler.ActorRef.Ask<SchedulerSnapshot>(GetSnapshot.Instance, Limits.Wait);
            Check(Context.Self.Equals(Self) && snapshot.Pipelines.Succeeded == i + 1);
            await handle.Completion;
            await scheduler.WaitPipelinesAsync([handle]);
            Check(Context.Self.Equals(Self) && --_inside == 0);
            Sender.Tell(result);
        });

        private void Check(bool holds)
        {
            if (!holds)
                Sender.Tell(new Status.Failure(new InvalidOperationException("It went on outside the actor.")));
        }
    }
}
