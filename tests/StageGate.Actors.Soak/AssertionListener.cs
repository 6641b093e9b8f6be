using System.Diagnostics;

namespace StageGate.Actors.Soak;

/// <summary>Makes a broken invariant of a Debug build an exception, so that its seed is told; the default would end the process.</summary>
internal sealed class AssertionListener : TraceListener
{
    public override void Fail(string? message, string? detailMessage) => throw new InvalidOperationException($"{message} {detailMessage}");

    public override void Fail(string? message) => Fail(message, detailMessage: null);

    public override void Write(string? message)
    {
    }

    public override void WriteLine(string? message)
    {
    }
}
