using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OrderPlatform.System.Tests;

/// <summary>Style as a test: what a reviewer would say every time.</summary>
[TestFixture]
internal sealed partial class TidyTests
{
    private const int FileLinesMax = 500;
    private const int MethodLinesMax = 70;
    private const int ReadmeLinesMax = 60;

    private static readonly string[] Code = ["src", "tools", "tests", "bench"];

    [Test]
    public void No_file_is_longer_than_a_reader_bears() =>
        Assert.That(Repository.Files(".cs", Code).Where(static file => Repository.Read(file).AsSpan().Count('\n') > FileLinesMax), Is.Empty);

    [Test]
    public void No_method_is_longer_than_a_screen()
    {
        var long_ = new List<string>();
        foreach (string file in Repository.Files(".cs", "src", "tools", "bench"))
        {
            foreach (BaseMethodDeclarationSyntax method in CSharpSyntaxTree.ParseText(Repository.Read(file)).GetRoot().DescendantNodes().OfType<BaseMethodDeclarationSyntax>())
            {
                FileLinePositionSpan span = method.SyntaxTree.GetLineSpan(method.Span);
                int lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
                if (lines > MethodLinesMax)
                {
                    long_.Add($"{file}:{span.StartLinePosition.Line + 1} has {lines} lines");
                }
            }
        }

        Assert.That(long_, Is.Empty);
    }

    [Test]
    public void Every_public_type_says_what_it_is()
    {
        var silent = new List<string>();
        foreach (string file in Repository.Files(".cs", "src", "tools"))
        {
            SyntaxNode root = CSharpSyntaxTree.ParseText(Repository.Read(file), new CSharpParseOptions(documentationMode: DocumentationMode.Parse)).GetRoot();
            foreach (MemberDeclarationSyntax type in root.DescendantNodes().OfType<MemberDeclarationSyntax>().Where(static m => m is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax))
            {
                bool isPublic = type.Modifiers.Any(SyntaxKind.PublicKeyword) && type.Ancestors().OfType<BaseTypeDeclarationSyntax>().All(static t => t.Modifiers.Any(SyntaxKind.PublicKeyword));
                bool isPart = type.Modifiers.Any(SyntaxKind.PartialKeyword);
                if (isPublic && !isPart && !type.GetLeadingTrivia().Any(static t => t.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia)))
                {
                    silent.Add($"{file}: {(type as BaseTypeDeclarationSyntax)?.Identifier.Text}");
                }
            }
        }

        Assert.That(silent, Is.Empty);
    }

    [Test]
    public void Nothing_is_left_for_later_in_a_comment() =>
        Assert.That(Lines(".cs", Later(), "src", "tools", "bench"), Is.Empty);

    [Test]
    public void Tests_do_not_sleep_for_luck_and_cannot_be_switched_off() =>
        Assert.That(Lines(".cs", Luck(), "tests").Where(static hit => !hit.Contains("TidyTests.cs", StringComparison.Ordinal)), Is.Empty);

    [Test]
    public void No_drawer_has_a_name_that_says_nothing() =>
        Assert.That(Repository.Files(".cs", Code).Where(static file => Drawer().IsMatch(file)), Is.Empty);

    [Test]
    public void Every_project_folder_has_a_readme_of_at_most_a_screen()
    {
        IEnumerable<string> folders = Repository.Files(".csproj", "src").Select(static project => Path.GetDirectoryName(project)!.Replace('\\', '/'))
            .Concat(["src", "tests", "tools", "bench", "schemas", "samples", "journal"]);
        foreach (string folder in folders)
        {
            string readme = Path.Combine(Repository.Root, folder, "README.md");
            Assert.That(File.Exists(readme), Is.True, $"{folder} has no README.md");

            // The README of schemas is a generated reference, which people search and do not read from end to end.
            if (folder != "schemas")
            {
                Assert.That(File.ReadAllLines(readme), Has.Length.LessThanOrEqualTo(folder == "samples" ? 260 : ReadmeLinesMax), folder);
            }
        }
    }

    [Test]
    public void Nothing_names_a_folder_of_one_machine() =>
        Assert.That(
            Lines(".cs", Machine(), Code).Concat(Lines(".md", Machine(), ".", "src", "tests")).Concat(Lines(".yaml", Machine(), "samples"))
                .Where(static hit => !hit.Contains("TidyTests.cs", StringComparison.Ordinal)).Distinct(),
            Is.Empty);

    private static IEnumerable<string> Lines(string ending, Regex pattern, params string[] folders) => Repository.Files(ending, folders)
        .SelectMany(file => Repository.Read(file).Split('\n').Select((line, index) => (line, place: $"{file}:{index + 1}")))
        .Where(line => pattern.IsMatch(line.line))
        .Select(static line => $"{line.place}: {line.line.Trim()}");

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b|NotImplementedException")]
    private static partial Regex Later();

    [GeneratedRegex(@"Thread\.Sleep|Task\.Delay|\[Ignore|\[Explicit|Assert\.(Pass|Inconclusive)\(")]
    private static partial Regex Luck();

    [GeneratedRegex(@"/(Common|Utils?|Helpers?|Misc)/|(Utils?|Helpers?|Manager)\.cs$")]
    private static partial Regex Drawer();

    [GeneratedRegex(@"(^|[^A-Za-z0-9_.])/(work|root|home|farm)/[A-Za-z]|api\.nuget\.org|registry\.npmjs")]
    private static partial Regex Machine();
}
