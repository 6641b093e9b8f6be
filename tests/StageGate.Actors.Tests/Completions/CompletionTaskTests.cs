using System.Runtime.ExceptionServices;
using StageGate.Actors.Completions;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Completions;

public class CompletionTaskTests
{
    private readonly Outcome<int> _work = new();
    private CompletionTask? _known;

    /// <summary>
    /// Found by a review: who asked between the end of the work and the moment in which the pool came to the task got another one, and a loop over
    /// <see cref="Task.WhenEach(IEnumerable{Task})"/> that looked for the handle of a task found none.
    /// </summary>
    [Theory]
    [InlineData(TaskState.Succeeded)]
    [InlineData(TaskState.Failed)]
    [InlineData(TaskState.Canceled)]
    [InlineData(TaskState.Terminated)]
    public void It_is_the_same_one_for_ever_and_has_ended_when_the_work_has(TaskState ending)
    {
        var task = Ask();
        Assert.False(task.IsCompleted);

        End(ending);

        Assert.Same(task, Ask());
        Assert.True(task.IsCompleted);
        Assert.Equal(ExpectedStatus(ending), task.Status);
        Assert.Same(task, Ask());
    }

    [Fact]
    public void Of_those_that_are_made_at_once_the_first_one_stands()
    {
        var first = CompletionTask.Keep(ref _known, Make());

        Assert.Same(first, CompletionTask.Keep(ref _known, Make()));
        Assert.Same(first, _known);
    }

    [Fact]
    public async Task One_that_is_asked_for_after_the_end_has_ended()
    {
        End(TaskState.Succeeded);

        var task = Assert.IsType<Task<int>>(Ask(), exactMatch: false);
        Assert.True(task.IsCompleted);
        Assert.Equal(7, await task);
    }

    /// <summary>Found by a review: of those who wait, who came last goes on first, and left its frames in what the task then kept.</summary>
    [Fact]
    [Guarantee("X2")]
    public void A_failed_one_has_the_trace_of_the_work_alone_whoever_throws_its_exception_before_the_pool_comes_to_it()
    {
        var task = Ask();
        Assert.True(_work.Progress.TryObserve(new Thrower(_work), index: 0));

        End(TaskState.Failed);

        var thrown = Assert.Throws<FormatException>(() => Ask().GetAwaiter().GetResult());
        Assert.Contains(nameof(Captured), thrown.StackTrace, StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(Thrower), thrown.StackTrace, StringComparison.Ordinal);
        Assert.Same(task, Ask());
    }

    /// <summary>To throw it once more, for its own trace, is no way where somebody else throws it at that moment.</summary>
    [Fact]
    [Guarantee("X2")]
    public void A_failed_one_that_was_there_before_the_end_has_kept_the_trace_by_then()
    {
        Ask();
        End(TaskState.Failed);
        var thrown = 0;

        AppDomain.CurrentDomain.FirstChanceException += Count;
        Assert.True(Ask().IsFaulted);
        AppDomain.CurrentDomain.FirstChanceException -= Count;

        Assert.Equal(0, thrown);

        void Count(object? sender, FirstChanceExceptionEventArgs args)
        {
            if (args.Exception == _work.Progress.Failure!.SourceException)
                thrown++;
        }
    }

    private static TaskStatus ExpectedStatus(TaskState ending) => ending switch
    {
        TaskState.Succeeded => TaskStatus.RanToCompletion,
        TaskState.Failed => TaskStatus.Faulted,
        _ => TaskStatus.Canceled,
    };

    private static ExceptionDispatchInfo Captured()
    {
        try
        {
            throw new FormatException();
        }
        catch (FormatException exception)
        {
            return ExceptionDispatchInfo.Capture(exception);
        }
    }

    private Task Ask() => (_known ?? CompletionTask.Keep(ref _known, Make())).Current;

    private CompletionTask<int> Make() => new(
        _work,
        () => _work.Progress.State == TaskState.Succeeded ? 7 : throw new OperationCanceledException());

    private void End(TaskState ending) =>
        Assert.True(_work.Progress.TryEnd(ending, ending == TaskState.Failed ? Captured() : null, out _));

    /// <summary>Throws the exception of the work as soon as it is told of the end, as a thread that was blocked for it does.</summary>
    private sealed class Thrower(ICompletable work) : ICompletionObserver
    {
        public bool IsWanted => true;

        public void OnEnded(int index) => Assert.Throws<FormatException>(() => work.Progress.Failure!.Throw());
    }
}
