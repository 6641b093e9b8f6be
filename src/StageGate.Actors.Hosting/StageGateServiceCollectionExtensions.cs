using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using StageGate.Actors.Hosting.Pipelines;

namespace StageGate.Actors.Hosting;

/// <summary>Makes the schedulers of a host known to its services.</summary>
public static class StageGateServiceCollectionExtensions
{
    /// <summary>
    /// Adds what can be injected: <see cref="Scheduler"/> and <see cref="IPipelineRunner"/>, both plain for the unnamed scheduler, and
    /// keyed by its name for a named one. Which schedulers there are is said in <c>AddAkka</c>, with <c>WithStageGate</c>: Akka.Hosting
    /// runs that part when the services have been built already, so it cannot add any.
    /// </summary>
    /// <remarks>
    /// A scheduler is made when the host starts, or when it is resolved before, as by the constructor of a hosted service. Disposing of a
    /// host that was not stopped closes the schedulers that were resolved, which waits for their work.
    /// </remarks>
    /// <param name="services">The services of the host.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddStageGate(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(provider => MakeScheduler(provider, key: null));
        services.TryAddKeyedSingleton(KeyedService.AnyKey, MakeScheduler);
        services.TryAddSingleton(provider => MakeRunner(provider, key: null));
        services.TryAddKeyedSingleton(KeyedService.AnyKey, MakeRunner);
        return services;
    }

    private static Scheduler MakeScheduler(IServiceProvider provider, object? key)
    {
        var all = HostedSchedulers.Of(provider);
        return all.Start(all.Get(key), provider.GetRequiredService<ActorSystem>());
    }

    private static IPipelineRunner MakeRunner(IServiceProvider provider, object? key) =>
        new PipelineRunner(provider, HostedSchedulers.Of(provider).Get(key));
}
