namespace StageGate.Actors.Soak.Parts;

internal static class AllParts
{
    /// <summary>New ones for one soak.</summary>
    public static SoakPart[] New() =>
        [new CorePart(), new WaitsPart(), new ActorsPart(), new DeathsPart(), new MixedPart(), new FacadePart(), new LifecyclesPart()];
}
