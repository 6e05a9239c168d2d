package dev.nabla.equation;

import dev.nabla.expression.Expression;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;

/** What the names in an equation stand for. A name may be a path such as {@code L1.W}. */
public interface Scope {

    Optional<Expression> resolve(String name);

    /** All names, for an error message. */
    Collection<String> names();

    /** These names, and those of another scope that are not among them. */
    default Scope orElse(Scope other) {
        Scope first = this;
        return new Scope() {
            @Override
            public Optional<Expression> resolve(String name) {
                return first.resolve(name).or(() -> other.resolve(name));
            }

            @Override
            public Collection<String> names() {
                var names = new LinkedHashSet<>(first.names());
                names.addAll(other.names());
                return names;
            }
        };
    }

    static Scope of(Map<String, Expression> names) {
        var copy = new LinkedHashMap<>(names);
        return new Scope() {
            @Override
            public Optional<Expression> resolve(String name) {
                return Optional.ofNullable(copy.get(name));
            }

            @Override
            public Collection<String> names() {
                return copy.keySet();
            }
        };
    }
}
