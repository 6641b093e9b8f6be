using StageGate.Actors.Core;

namespace StageGate.Actors.Tests.Core;

public class LifecycleTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_open_scheduler_never_drains(bool anyLive)
    {
        var lifecycle = new Lifecycle();

        Assert.False(lifecycle.IsDrained(anyLive));
        Assert.False(lifecycle.ShutdownStarted);
    }

    [Fact]
    public void Shut_down_it_is_drained_only_when_no_work_is_left()
    {
        var lifecycle = new Lifecycle();
        lifecycle.BeginShutdown();
        lifecycle.BeginShutdown();

        Assert.True(lifecycle.ShutdownStarted);
        Assert.False(lifecycle.IsDrained(anyLive: true));
        Assert.True(lifecycle.IsDrained(anyLive: false));
    }
}
