using Akka.Hosting;

namespace StageGate.Actors.Hosting;

/// <summary>
/// The key of the unnamed scheduler in the <see cref="ActorRegistry"/>: <c>IRequiredActor&lt;SchedulerActor&gt;</c> is the actor that
/// understands <see cref="SchedulerProtocol"/>.
/// </summary>
public sealed class SchedulerActor
{
    private SchedulerActor()
    {
    }
}
