namespace StageGate.Actors.Tests.Support;

/// <summary>The context of a user interface whose only thread is busy: what is posted to it never runs.</summary>
internal sealed class LoneContext : SynchronizationContext
{
    private int _posts;

    public int Posts => Volatile.Read(ref _posts);

    public override void Post(SendOrPostCallback d, object? state) => Interlocked.Increment(ref _posts);

    public override void Send(SendOrPostCallback d, object? state) => Interlocked.Increment(ref _posts);

    public override SynchronizationContext CreateCopy() => this;
}
