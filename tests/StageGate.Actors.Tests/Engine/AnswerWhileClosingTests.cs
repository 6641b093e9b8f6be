using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Engine;

/// <summary>The question that drains a scheduler which somebody is closing has its answer before the engine ends.</summary>
public class AnswerWhileClosingTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Taking_back_the_last_work_of_a_scheduler_that_is_being_closed_is_told_to_have_worked(bool terminate)
    {
        for (var round = 0; round < 100; round++)
        {
            using var scheduler = Schedulers.New(1, 1, ("cpu", 1));
            using var gate = new Gate();
            TaskHandle? last = null;
            var pipeline = scheduler.Run(controls =>
            {
                controls.NewTask(gate.Pass).Requires("cpu", 1).Run();
                last = controls.NewTask(() => 1).Requires("cpu", 1).Run();
                return 1;
            });
            pipeline.GetResult(Limits.Wait);
            gate.WaitUntilEntered();
            var closed = scheduler.CloseAsync();
            gate.Open();

            var answer = terminate ? last!.RequestTermination() : last!.Cancel();

            last.Completion.EndsSomehow();
            closed.EndsSomehow();

            // A task that had begun by then takes the request to end as well, and may succeed all the same.
            if (last.IsCanceled || !terminate)
                Assert.Equal(last.IsCanceled, answer);
        }
    }
}
