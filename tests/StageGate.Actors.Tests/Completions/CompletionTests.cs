using System.Runtime.ExceptionServices;
using StageGate.Actors.Completions;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Completions;

public class CompletionTests
{
    private readonly Outcome _work = new();

    /// <summary>
    /// Found by the races of the facade: a callable that was asked to end threw for its token, the scheduler died before it had heard of that, and
    /// the task had failed with the callable's <see cref="OperationCanceledException"/>.
    /// </summary>
    [Fact]
    public void Work_that_ends_by_the_death_of_its_scheduler_has_failed_of_that_whatever_it_threw_meanwhile()
    {
        var death = new SchedulerTerminatedException("dead");
        _work.Progress.TrySetFailure(Captured(new OperationCanceledException()));

        Assert.True(_work.Progress.TryEnd(TaskState.Failed, Captured(death), out _));
        _work.Progress.TrySetFailure(Captured(new OperationCanceledException()));

        Assert.Same(death, _work.Progress.Failure!.SourceException);
    }

    [Fact]
    public void Work_that_ends_by_itself_has_thrown_what_it_threw_first()
    {
        var failure = new FormatException();
        _work.Progress.TrySetFailure(Captured(failure));
        _work.Progress.TrySetFailure(Captured(new InvalidCastException()));

        Assert.True(_work.Progress.TryEnd(TaskState.Failed, failure: null, out _));
        Assert.False(_work.Progress.TryEnd(TaskState.Failed, Captured(new InvalidCastException()), out _));

        Assert.Same(failure, _work.Progress.Failure!.SourceException);
    }

    [Fact]
    [Guarantee("V5")]
    public void Work_that_is_taken_back_never_runs_and_is_never_seen_to_go_backwards()
    {
        Assert.False(_work.Progress.TryRevoke());
        Assert.True(_work.Progress.TryAdvance(TaskState.Queued, TaskState.Ready));

        Assert.True(_work.Progress.TryRevoke());

        Assert.Equal(TaskState.Ready, _work.Progress.State);
        Assert.False(_work.Progress.IsEnded);
        Assert.False(_work.Progress.TryAdvance(TaskState.Ready, TaskState.Running));
        Assert.False(_work.Progress.TryRevoke());
        Assert.True(_work.Progress.TryEnd(TaskState.Canceled, failure: null, out _));
        Assert.Equal(TaskState.Canceled, _work.Progress.State);
    }

    [Fact]
    public void An_observer_that_throws_keeps_the_end_from_no_other_one()
    {
        var told = new List<int>();
        foreach (var index in new[] { 1, 2, 3 })
            Assert.True(_work.Progress.TryObserve(new Observer(told, throws: index == 2), index));

        Assert.Throws<FormatException>(() => _work.Progress.TryEnd(TaskState.Succeeded, failure: null, out _));

        Assert.Equal([1, 2, 3], told.Order());
        Assert.True(_work.Progress.IsEnded);
    }

    private static ExceptionDispatchInfo Captured(Exception exception) => ExceptionDispatchInfo.Capture(exception);

    private sealed class Observer(List<int> told, bool throws) : ICompletionObserver
    {
        public bool IsWanted => true;

        public void OnEnded(int index)
        {
            told.Add(index);
            if (throws)
                throw new FormatException();
        }
    }

}
