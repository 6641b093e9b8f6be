using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests.Facade;

public class PipelineTests
{
    [Fact]
    public void The_value_that_Run_returns_is_the_result_of_its_handle()
    {
        using var scheduler = Schedulers.New();

        var handle = scheduler.Run(_ => 42, "answer");

        Assert.Equal(42, handle.GetResult(Limits.Wait));
        Assert.Equal(PipelineState.Succeeded, handle.State);
        Assert.Equal("pipeline 1 'answer' (Succeeded)", handle.ToString());
    }
}
