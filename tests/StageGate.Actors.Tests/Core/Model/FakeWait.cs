using StageGate.Actors.Core;

namespace StageGate.Actors.Tests.Core.Model;

/// <summary>A wait whose thread is the test.</summary>
internal sealed class FakeWait(ReturnWhen until, params WorkEntry[] targets) : OpenWait
{
    public override ReturnWhen Until => until;

    public override IEnumerable<WorkEntry> Targets => targets;

    public override WorkEntry AnyTarget => targets[0];

    public override int Count => targets.Length;

    public override void Release()
    {
    }
}
