using System.Xml.Linq;
using OrderPlatform.Messages;
using OrderPlatform.Runtime.Explaining;
using OrderPlatform.Runtime.Tests.Golden;

namespace OrderPlatform.Runtime.Tests.Explanations;

/// <summary>Fields as text, and what began an exit that an operator wanted.</summary>
internal sealed class MessageFieldsTests
{
    private static readonly string[] ScaledTypes = ["Price", "Quantity", "Money", "Ratio"];

    [Test]
    public void The_fields_that_are_decimals_are_those_that_the_schema_has_times_1e8()
    {
        var schema = XDocument.Load(Path.Combine(GoldenDigests.Folder, "..", "..", "schemas", "order-platform.xml"));
        string[] expected = [.. schema.Descendants().Where(static one => one.Name.LocalName == "message" && Id(one) is < 60 or (>= 100 and < 150))
            .SelectMany(static one => one.Descendants("field"))
            .Where(static one => ScaledTypes.Contains(one.Attribute("type")!.Value) || one.Attribute("description")?.Value.Contains("imes 1e8", StringComparison.Ordinal) == true)
            .Select(static one => one.Attribute("name")!.Value).Distinct()];
        Assert.That(MessageFields.ScaledNames, Is.EquivalentTo(expected));
    }

    [Test]
    public void An_exit_that_an_operator_wanted_begins_with_the_command_the_operator_and_the_reason()
    {
        FactIndex index = FactCollector.Of(Path.Combine(GoldenDigests.Folder, "operator-and-open-orders")).Index();
        ulong order = index.Orders.First(id => index.OfOrder(id).Any(static one => one.ExitReason == ExitReason.Operator));
        Explanation explanation = new Explainer(index).Order(order);
        Fact cause = explanation.Links.First(static one => one.Kind == LinkKind.Cause);
        Assert.Multiple(() =>
        {
            Assert.That(explanation.Links[0], Is.SameAs(cause));
            Assert.That(MessageFields.NameOf(cause.Message), Is.EqualTo("OperatorCommand"));
            Assert.That(cause.Derived.Select(static one => one.Name), Is.SupersetOf(new[] { "action", "scope", "operator", "operatorReason" }));
            Assert.That(explanation.Missing, Is.Empty);
        });
    }

    private static int Id(XElement message) => int.Parse(message.Attribute("id")!.Value, System.Globalization.CultureInfo.InvariantCulture);
}
