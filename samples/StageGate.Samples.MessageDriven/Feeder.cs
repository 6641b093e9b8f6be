using Akka.Actor;
using StageGate.Actors;

namespace StageGate.Samples.MessageDriven;

internal sealed record Report(TextStatistics Total, int MostInFlight, IReadOnlyList<string> Failures);

/// <summary>Has no more than so many pipelines in flight: whenever one ends, it submits the next.</summary>
internal sealed class Feeder : ReceiveActor
{
    public const int InFlight = 8;

    private readonly IActorRef _scheduler;
    private readonly Queue<string> _files;
    private readonly TaskCompletionSource<Report> _done;
    private readonly List<string> _failures = [];
    private TextStatistics _total;
    private int _inFlight;
    private int _mostInFlight;

    public Feeder(IActorRef scheduler, IEnumerable<string> files, TaskCompletionSource<Report> done)
    {
        _scheduler = scheduler;
        _files = new Queue<string>(files);
        _done = done;

        // begin-snippet
        Receive<SchedulerProtocol.PipelineAccepted>(_ => { });
        Receive<SchedulerProtocol.PipelineRejected>(rejected => Ended(rejected.Reason));
        Receive<SchedulerProtocol.PipelineEnded>(ended => Ended(ended.Handle));   // and submit the next
        // end-snippet
        Receive<Terminated>(_ => EndWith(new InvalidOperationException("The scheduler has died.")));
    }

    protected override void PreStart()
    {
        Context.Watch(_scheduler);
        SubmitMore();
    }

    private void SubmitMore()
    {
        while (_inFlight < InFlight && _files.TryDequeue(out var file))
        {
            _scheduler.Tell(new SchedulerProtocol.SubmitPipeline(new FilePipeline(file), file));
            _mostInFlight = Math.Max(_mostInFlight, ++_inFlight);
        }

        if (_inFlight == 0 && _done.TrySetResult(new Report(_total, _mostInFlight, _failures)))
            Context.Stop(Self);
    }

    private void EndWith(Exception death) => _done.TrySetException(death);

    /// <summary>The handle has ended, so asking it blocks nothing.</summary>
    private void Ended(PipelineHandle handle)
    {
        if (handle.State == PipelineState.Succeeded)
            _total += ((PipelineHandle<TextStatistics>)handle).GetResult();
        Ended(handle.State == PipelineState.Failed ? handle.GetException() : null);
    }

    private void Ended(Exception? failure)
    {
        if (failure is not null)
            _failures.Add(failure.Message);
        _inFlight--;
        SubmitMore();
    }
}
