using System.Reflection;

namespace StageGate.Actors.Tests.Load.Matrix;

/// <summary>All that can be called on a scheduler that is shared, by name and types of the parameters, and all that can be said to it.</summary>
internal static class PublicMembers
{
    private static readonly Type[] s_types =
    [
        typeof(Scheduler), typeof(WorkHandle), typeof(PipelineHandle), typeof(PipelineHandle<>), typeof(TaskHandle), typeof(TaskHandle<>),
        typeof(CompletionSequence<>),
    ];

    public static IEnumerable<string> All => s_types.SelectMany(Of).Concat(Messages);

    /// <summary>Requests, which are the messages that are no answers.</summary>
    private static IEnumerable<string> Messages => typeof(SchedulerProtocol).GetNestedTypes()
        .Where(type => type.IsClass && type.IsAssignableTo(typeof(SchedulerProtocol.IMessage)))
        .Where(type => !type.IsAssignableTo(typeof(SchedulerProtocol.IReply)))
        .Select(type => $"message {type.Name}");

    private static IEnumerable<string> Of(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var properties = type.GetProperties(Declared).Select(property => $"{type.Name}.{property.Name}");
        var methods = type.GetMethods(Declared).Where(method => !method.IsSpecialName && !IsCoveredByBase(method));
        return properties.Concat(methods.Select(Describe));
    }

    private static bool IsCoveredByBase(MethodInfo method) =>
        method.GetBaseDefinition().DeclaringType is { } declaring && declaring != method.DeclaringType && s_types.Contains(declaring);

    private static string Describe(MethodInfo method) =>
        $"{method.DeclaringType!.Name}.{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.ParameterType.Name))})";
}
