namespace StageGate.Actors.Completions;

/// <summary>The handles that a user gives, once and for all.</summary>
internal static class HandleArray
{
    /// <summary>
    /// A copy. Only an array is asked for its length. Others are enumerated once and not asked for their count, which may be wrong, or be wrong
    /// by then where somebody changes the collection meanwhile: what it left out would be waited for by nobody.
    /// </summary>
    public static THandle[] CopyOf<THandle>(IEnumerable<THandle> handles)
        where THandle : WorkHandle
    {
        if (handles is THandle[] array)
            return [.. array];

        List<THandle> all = [];
        foreach (var handle in handles)
            all.Add(handle);
        return [.. all];
    }
}
