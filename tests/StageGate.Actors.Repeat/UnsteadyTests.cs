using Xunit;

namespace StageGate.Actors.Repeat;

/// <summary>What <see cref="CheckCommand"/> repeats; <c>dotnet test</c> does not come here.</summary>
public class UnsteadyTests
{
    public const int Period = 10;

    private static int s_runs;

    [Fact]
    public void Fails_once_in_ten_runs() => Assert.NotEqual(0, Interlocked.Increment(ref s_runs) % Period);

    [Fact]
    public void Never_fails() => Assert.True(true);
}
