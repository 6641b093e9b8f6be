using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

public class BlockingWarningTests
{
    [Fact]
    [Guarantee("B4")]
    public void One_who_blocks_when_he_is_warned_holds_up_nobody()
    {
        using var warned = new Gate();
        var options = Schedulers.Options();
        options.OnWarning = (_, _) => warned.Pass();
        using var scheduler = new Scheduler(options);
        using var gate = new Gate();
        scheduler.Result(c => c.NewTask(new Action(() =>
        {
            gate.Pass();
            throw new InvalidDataException();
        })).Run());

        gate.Open();

        warned.WaitUntilEntered();
        Assert.Equal(7, scheduler.Result(c => c.NewTask(() => 7).Run().GetResult(Limits.Wait)));
        Bounded.OnOwnThread(() => scheduler.Close()).Ends();
        Assert.False(warned.IsOpen);
    }
}
