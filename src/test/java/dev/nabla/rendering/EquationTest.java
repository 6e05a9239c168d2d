package dev.nabla.rendering;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.expression.Derivative;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Expression.Symbol;
import dev.nabla.expression.Graph;
import dev.nabla.expression.LinearAlgebra;
import dev.nabla.expression.Scalarisation;
import dev.nabla.language.Equation;
import dev.nabla.language.Scope;
import dev.nabla.rendering.names.Notation;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EquationTest {

    /** What has more is longer than an equation may be. */
    private static final BigInteger MOST_NODES = BigInteger.valueOf(500_000);

    @Test
    void postedBackItIsTheSameExpression() {
        var notation = new Notation(RandomExpressions.ALIASES, Map.of());
        for (long seed = 0; seed < 4000; seed++) {
            Expression expression = new RandomExpressions(new Random(seed)).array(4);
            assertPostsBack("seed " + seed, expression, notation, RandomExpressions.symbols());
        }
    }

    @Test
    void derivativesOfTheSeedsNetworkPostBack() {
        var network = new SeedNetwork();
        Expression z = network.output();
        for (Expression derivative : List.of(z, network.gradientByFirstBias(),
                Derivative.of(network.a.getLast(), SeedNetwork.INPUTS),
                Derivative.of(network.a.getFirst(), network.parameters.getFirst()),
                Derivative.of(Derivative.of(z, SeedNetwork.INPUTS), SeedNetwork.INPUTS),
                Derivative.of(Derivative.of(z, SeedNetwork.INPUTS), network.parameters.get(2)))) {
            assertPostsBack("seed's network", derivative, network.notation(), network.symbols());
        }
    }

    private static void assertPostsBack(String description, Expression expression, Notation notation,
            List<Expression> symbols) {
        if (Graph.treeNodeCount(requireNonNull(Scalarisation.of(List.of(expression)).get(expression)))
                .compareTo(MOST_NODES) > 0) {
            return;
        }
        for (boolean share : new boolean[] {false, true}) {
            Rendering array = Renderer.render(expression, notation, Form.ARRAY, Format.TEXT, share, 10_000_000);
            assertThat(parse(array, List.of(array.expression()), notation, symbols)).as("%s: %s", description, array)
                    .allMatch(parsed -> parsed == expression);
            Rendering scalar = Renderer.render(expression, notation, Form.SCALAR, Format.TEXT, share, 10_000_000);
            List<Expression> entries = Scalarisation.of(List.of(expression)).get(expression);
            assertThat(parse(scalar, scalar.entries(), notation, symbols)).as("%s: %s", description, scalar)
                    .isEqualTo(entries);
            assertThat(parse(scalar, List.of(scalar.expression()), notation, symbols))
                    .as("%s: %s", description, scalar)
                    .containsExactly(LinearAlgebra.array(expression.shape(), entries));
        }
    }

    private static List<Expression> parse(Rendering rendering, List<String> texts, Notation notation,
            List<Expression> symbols) {
        var names = new HashMap<String, Expression>();
        symbols.forEach(symbol -> names.put(((Symbol) symbol).name(), symbol));
        notation.aliases().forEach((leaf, name) -> names.put(name.symbol(), leaf));
        for (Definition definition : rendering.definitions()) {
            Expression previous = names.put(definition.name(), parse(definition.expression(), names));
            assertThat(previous).as(definition.name()).isNull();
        }
        return texts.stream().map(text -> parse(text, names)).toList();
    }

    private static Expression parse(String text, Map<String, Expression> names) {
        return Equation.parse(text, Scope.of(names));
    }
}
