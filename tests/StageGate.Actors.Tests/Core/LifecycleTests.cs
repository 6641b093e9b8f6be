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

        Assert.False(lifecycle.TryDrain(anyLive));
        Assert.False(lifecycle.ShutdownStarted);
        Assert.False(lifecycle.IsDrained);
    }

    [Fact]
    public void Shut_down_it_drains_once_and_only_when_no_work_is_left()
    {
        var lifecycle = new Lifecycle();
        lifecycle.BeginShutdown();
        Assert.True(lifecycle.ShutdownStarted);

        Assert.False(lifecycle.TryDrain(anyLive: true));
        Assert.False(lifecycle.IsDrained);
        Assert.True(lifecycle.TryDrain(anyLive: false));
        Assert.True(lifecycle.IsDrained);
        Assert.False(lifecycle.TryDrain(anyLive: false));

        lifecycle.BeginShutdown();
        Assert.False(lifecycle.TryDrain(anyLive: false));
        Assert.True(lifecycle.IsDrained);
    }
}
