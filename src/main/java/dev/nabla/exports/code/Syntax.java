package dev.nabla.exports.code;

import dev.nabla.exports.routine.Buffer;
import dev.nabla.exports.routine.Index;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a language with loops and assignments writes what all of them have. */
public interface Syntax {

    /**
     * The functions of the equation language and of {@link Helper} that the language has, by what they are called
     * there.
     */
    Map<String, String> functions();

    /** Words that no exported function may be called by. */
    Set<String> reserved();

    /** A number that is not negative; finite, infinite or NaN. */
    String number(double value);

    /** How much the number 1 is known to, relative to itself. */
    default double epsilon() {
        return Math.ulp(1.0);
    }

    /**
     * The definition of a function of this name, of a comparison and two numbers: the first where it holds, else the
     * other.
     */
    String choice(String name);

    /**
     * A function of numbers.
     *
     * @param lines names with values; the last is the value of the function
     */
    String function(String name, List<String> arguments, List<NamedValue> lines, String value);

    /** A line of a function. */
    record NamedValue(String name, String value) {}

    /** A number in an array or a scalar. */
    String element(Buffer buffer, Index at);

    /** The lines that make a scalar. */
    List<String> define(Buffer scalar, String value);

    /** The lines that give a number a value. */
    List<String> assign(Buffer target, Index at, String value);

    /** The first line of a loop; {@code until} is not reached. */
    String loop(String variable, String from, int until);

    /** The last line of a loop. */
    String end();
}
