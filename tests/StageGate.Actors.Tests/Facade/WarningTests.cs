using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

/// <summary>Where the warnings of a scheduler go.</summary>
public class WarningTests
{
    [Fact]
    public void They_can_be_had_with_what_was_thrown()
    {
        var warned = new TaskCompletionSource<(string Text, Exception? Thrown)>();
        var options = Schedulers.Options();
        options.OnWarning = (text, thrown) => warned.TrySetResult((text, thrown));
        using var scheduler = new Scheduler(options);
        using var gate = new Gate();
        var failure = new InvalidDataException();
        scheduler.Result(c => c.NewTask(new Action(() =>
        {
            gate.Pass();
            throw failure;
        })).Named("orphan").Run());

        gate.Open();

        var (warning, exception) = warned.Task.Ends();
        Assert.Contains("task 1 'orphan' of pipeline 1 failed", warning, StringComparison.Ordinal);
        Assert.Same(failure, exception);
    }

    [Fact]
    [Guarantee("X6")]
    public void One_who_throws_when_he_is_warned_does_no_harm()
    {
        var warned = new TaskCompletionSource();
        var options = Schedulers.Options();
        options.OnWarning = (_, _) =>
        {
            warned.SetResult();
            throw new InvalidDataException();
        };
        using var scheduler = new Scheduler(options);
        using var gate = new Gate();
        scheduler.Result(c => c.NewTask(new Action(() =>
        {
            gate.Pass();
            throw new InvalidDataException();
        })).Run());

        gate.Open();

        warned.Task.Ends();
        Assert.Equal(7, scheduler.Result(_ => 7));
    }
}
