package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.expression.Arithmetic;
import dev.nabla.expression.Expression;
import dev.nabla.expression.Shape;
import dev.nabla.problems.Problem;
import dev.nabla.rendering.Rendering;
import dev.nabla.storage.Slice;
import dev.nabla.web.expressions.Evaluations;
import dev.nabla.web.expressions.ExpressionResponse;
import dev.nabla.web.problems.NotFoundException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where each limit lies: what is just allowed and what is not any more. */
class LimitsTest {

    private final List<Problem> errors = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"1, 1", "1000, 1000", ", 50"})
    void aPageHasUpTo1000ItemsAnd50IfNothingIsSaid(String asked, int size) {
        assertThat(PageResponse.<Integer, Integer>of(new Query(List.of()), List.of(), new Paging(asked, null), (_, most) -> new Slice<>(
                Collections.nCopies(most, 7), Optional.empty()), item -> item).items()).hasSize(size);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001, Integer.MAX_VALUE})
    void otherPagesAreRefused(int asked) {
        assertThatThrownBy(() -> PageResponse.of(new Query(List.of()), List.of(), new Paging(String.valueOf(asked), null),
                (_, _) -> null, item -> item))
                .hasMessageContaining("must be between 1 and 1000, was " + asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-1-1-1-1", "00000000-0000-0000-0000-00000000000", "", "x", "{00000001-0001-0001-0001-000000000001}",
        "0000000100010001-0001-000000000001", "00000001-0001-0001-0001-0000000000001"})
    void anIdInAnotherSpellingIsNone(String id) {
        assertThat(Ids.parse(id)).isEmpty();
        assertThatThrownBy(() -> Ids.require("network", id, Optional::of)).isInstanceOf(NotFoundException.class)
                .hasMessage("there is no network '" + id + "'");
    }

    @Test
    void anIdMayHaveCapitals() {
        UUID id = UUID.fromString("00000000-000a-000b-000c-00000000000d");
        assertThat(Ids.<UUID>require("network", id.toString().toUpperCase(Locale.ROOT), Optional::of)).isEqualTo(id);
    }

    @Test
    void anAnswerHasUpToTenMillionValues() {
        Expression million = Arithmetic.constant(0, Shape.of(1000, 1000));
        Evaluations.requireFew(List.of(million), 10, errors);
        assertThat(errors).isEmpty();
        Evaluations.requireFew(List.of(million, Arithmetic.constant(0, Shape.of(10))), 10, errors);
        Evaluations.requireFew(List.of(Arithmetic.constant(0)), 10_000_001, errors);
        assertThat(errors).extracting(Problem::detail).containsExactly(
                "would give 10000100 values, more than 10000000", "would give 10000001 values, more than 10000000");
    }

    @Test
    void aTreeOfMoreThan2To53NodesIsCountedInAString() {
        BigInteger largest = BigInteger.TWO.pow(53);
        assertThat(treeNodeCount(largest)).isEqualTo(largest);
        assertThat(treeNodeCount(largest.add(BigInteger.ONE))).isEqualTo("9007199254740993");
    }

    private static Object treeNodeCount(BigInteger count) {
        return ExpressionResponse.Result.of("x", Arithmetic.constant(1), new Rendering(List.of(), "1", List.of(), 1, count,
                Optional.empty()), false).treeNodeCount();
    }
}
