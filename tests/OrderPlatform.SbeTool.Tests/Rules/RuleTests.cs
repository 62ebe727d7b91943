using OrderPlatform.SbeTool.Compiler;
using OrderPlatform.SbeTool.Compiler.Diagnostics;

namespace OrderPlatform.SbeTool.Tests;

/// <summary>Every rule finds what it is for, at its place.</summary>
public sealed class RuleTests
{
    private static IEnumerable<TestCaseData> Cases() => RuleCases.All.Select(
        static item => new TestCaseData(item.Rule, item.Schema).SetArgDisplayNames($"{item.Rule.Id}: {item.What}"));

    [TestCaseSource(nameof(Cases))]
    public void A_finding_has_its_rule_and_its_place(Rule rule, string marked)
    {
        (string text, int line, int column) = SmallSchema.Unmark(marked);
        CompilationResult result = SchemaCompiler.Compile(text);
        Assert.That(
            result.Diagnostics.Select(static finding => (finding.Rule, finding.Position)), Does.Contain((rule, new SourcePosition(line, column))),
            () => SmallSchema.Findings(result));
        Assert.That(result.Diagnostics.Where(static finding => finding.Rule.IsError).Select(static finding => finding.Rule).Distinct(),
            rule.IsError ? Is.EqualTo(new[] { rule }) : Is.Empty, () => SmallSchema.Findings(result));
        Assert.That(result.Layout is null, Is.EqualTo(rule.IsError));
    }

    [Test]
    public void Every_rule_has_a_case() => Assert.That(RuleCases.All.Select(static item => item.Rule).Distinct(), Is.EquivalentTo(Rules.All));

    [Test]
    public void Ids_are_unique() => Assert.That(Rules.All.Select(static rule => rule.Id), Is.Unique);
}
