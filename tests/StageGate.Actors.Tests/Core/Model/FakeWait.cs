using StageGate.Actors.Core;

namespace StageGate.Actors.Tests.Core.Model;

/// <summary>A wait whose thread is the test.</summary>
internal sealed class FakeWait(ReturnWhen until, params WorkEntry[] targets) : OpenWait
{
    /// <summary>How often somebody has looked at the targets.</summary>
    public int Looks { get; private set; }

    public override ReturnWhen Until => until;

    public override IEnumerable<WorkEntry> Targets
    {
        get
        {
            Looks++;
            return targets;
        }
    }

    public override WorkEntry AnyTarget => targets[0];

    public override int Count => targets.Length;

    public override void Release()
    {
    }
}
