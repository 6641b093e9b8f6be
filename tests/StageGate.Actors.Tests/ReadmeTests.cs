using System.Text.RegularExpressions;
using StageGate.Actors.Tests.Support;

namespace StageGate.Actors.Tests;

public partial class ReadmeTests
{
    public static TheoryData<string> Blocks => [.. CSharpBlock().Matches(Repository.Read("README.md")).Select(match => match.Groups[1].Value)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Every_piece_of_CSharp_in_the_README_is_code_that_the_build_compiles(string block)
    {
        var compiled = Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples"), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .Select(Normalize);

        Assert.Contains(compiled, code => code.Contains(Normalize(block), StringComparison.Ordinal));
    }

    [Fact]
    public void Every_link_into_the_repository_leads_somewhere()
    {
        var targets = RelativeLink().Matches(Repository.Read("README.md")).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(targets);
        Assert.All(targets, target => Assert.True(Path.Exists(Path.Combine(Repository.Root, target)), $"{target} does not exist."));
    }

    /// <summary>Indentation differs between a README and the inside of a method.</summary>
    private static string Normalize(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex(@"\]\(((?!https?:)[^)#]+)\)")]
    private static partial Regex RelativeLink();
}
