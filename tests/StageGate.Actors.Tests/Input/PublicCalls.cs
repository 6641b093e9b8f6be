using System.Reflection;

namespace StageGate.Actors.Tests.Input;

/// <summary>The calls of the public surface that take something of a kind, so that none is forgotten where all are tested.</summary>
internal static class PublicCalls
{
    /// <returns>Type and name, each once: overloads do the same.</returns>
    public static IEnumerable<string> Taking(Predicate<Type> kind) => typeof(Scheduler).Assembly.GetExportedTypes()
        .SelectMany(type => type.GetMethods(
            BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(method => (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly) && !method.IsSpecialName)
        .Where(method => method.GetParameters().Any(parameter => !parameter.IsOut && kind(parameter.ParameterType)))
        .Select(method => $"{method.DeclaringType!.Name.Split('`')[0]}.{method.Name}")
        .Distinct();
}
