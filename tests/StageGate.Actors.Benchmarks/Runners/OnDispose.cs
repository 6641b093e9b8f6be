namespace StageGate.Actors.Benchmarks.Runners;

internal sealed class OnDispose(Action action) : IDisposable
{
    public void Dispose() => action();
}
