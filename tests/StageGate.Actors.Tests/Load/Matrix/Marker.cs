namespace StageGate.Actors.Tests.Load.Matrix;

/// <summary>Whether user code has been called.</summary>
internal sealed class Marker
{
    private volatile bool _ran;

    public bool Ran
    {
        get => _ran;
        set => _ran = value;
    }

    public T Mark<T>(Func<T> code)
    {
        _ran = true;
        return code();
    }
}
