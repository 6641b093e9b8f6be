using Akka.Actor;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

/// <summary>What users bring along and the scheduler has to call may throw; that is no fault of the scheduler's.</summary>
[Guarantee("X6")]
public class HostileGuestsTests
{
    [Fact]
    public void An_exception_that_cannot_be_shown_does_no_harm_where_the_logger_runs_on_its_caller()
    {
        using var system = Systems.New("""akka { loglevel = WARNING, loggers = ["Akka.Event.StandardOutLogger, Akka"] }""");
        using var scheduler = Scheduler.Attach(system, Schedulers.Options());
        using var gate = new Gate();
        TaskHandle? orphan = null;
        scheduler.Result(controls =>
        {
            orphan = controls.NewTask(() =>
            {
                gate.Pass();
                throw new UnshowableException();
            }).Run();
            return 1;
        });

        gate.Open();

        Assert.IsType<UnshowableException>(orphan!.GetException(Limits.Wait));
        Assert.Equal(7, scheduler.Result(_ => 7));
    }

    [Fact]
    public void A_submitter_that_cannot_be_told_of_the_end_does_no_harm()
    {
        using var system = Systems.New();
        using var scheduler = Scheduler.Attach(system, Schedulers.Options());
        var submitter = new ThrowingRef();

        scheduler.ActorRef.Tell(new SchedulerProtocol.SubmitPipeline(new ScriptedPipeline<int>(_ => 1)), submitter);

        Assert.IsType<PipelineHandle<int>>(submitter.Accepted.Task.Ends().Handle).GetResult(Limits.Wait);
        Assert.Equal(7, scheduler.Result(_ => 7));
        Assert.Equal(2, scheduler.Snapshot().Pipelines.Succeeded);
    }

    [Fact]
    public void An_asker_that_throws_at_the_answer_does_no_harm()
    {
        using var system = Systems.New();
        using var scheduler = Scheduler.Attach(system, Schedulers.Options());
        var asker = new ThrowingRef();

        scheduler.ActorRef.Tell(SchedulerProtocol.GetSnapshot.Instance, asker);
        Assert.Equal(7, scheduler.Result(_ => 7));

        scheduler.ActorRef.Tell(new SchedulerProtocol.CloseScheduler(), asker);
        scheduler.Close();
        Assert.True(scheduler.IsClosed);
        Assert.Equal(1, scheduler.Snapshot().Pipelines.Succeeded);
    }

    private sealed class UnshowableException : Exception
    {
        public override string Message => throw new InvalidOperationException("No message.");

        public override string ToString() => throw new InvalidOperationException("No text.");
    }

    /// <summary>Takes the acceptance, and throws at everything that comes after it.</summary>
    private sealed class ThrowingRef : MinimalActorRef
    {
        public TaskCompletionSource<SchedulerProtocol.PipelineAccepted> Accepted { get; } = new();

        public override ActorPath Path => ActorPath.Parse("akka://elsewhere/user/throwing");

        public override IActorRefProvider Provider => throw new NotSupportedException();

        protected override void TellInternal(object message, IActorRef sender)
        {
            if (message is not SchedulerProtocol.PipelineAccepted accepted)
                throw new InvalidOperationException("It does not want to know.");
            Accepted.SetResult(accepted);
        }
    }
}
