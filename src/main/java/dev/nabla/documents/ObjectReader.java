package dev.nabla.documents;

import com.google.common.collect.Sets;
import dev.nabla.problems.Misspelling;
import dev.nabla.problems.Problem;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Makes records of the objects of a document. */
final class ObjectReader {

    private final DocumentReader values;
    private final Trail trail;
    private final boolean relating;

    /** @param relating whether it is looked at whether the parts of a record fit each other */
    ObjectReader(DocumentReader values, Trail trail, boolean relating) {
        this.values = values;
        this.trail = trail;
        this.relating = relating;
    }

    /**
     * The record of the type that is given, or of that which is meant where none is.
     *
     * @param given empty where the field that names it is left out
     */
    @Nullable Object typed(TypedChoice choice, Optional<String> given) {
        Optional<Class<?>> record = given.isPresent() ? given.flatMap(choice::named) : choice.otherwise();
        if (record.isPresent()) {
            Set<String> fields = record.map(RecordShape::of).get().byName().keySet();
            String all = fields.stream().map(field -> ", " + field).collect(Collectors.joining());
            String type = given.orElseGet(() -> choice.word(record.get()));
            return record(record.get(), Optional.of(choice.property()), name -> "is no field" + Misspelling.hint(name, fields)
                    + " of type '" + type + "', which has " + choice.property() + all);
        }
        if (given.isEmpty()) {
            trail.add(choice.property(), "is missing, must be one of " + String.join(", ", choice.words()));
        }
        Map<String, RecordShape.Component> all = choice.allComponents();
        values.fields(name -> {
            if (name.equals(choice.property())) {
                if (given.isPresent()) {
                    values.wrong(switch (values.token()) {
                        case VALUE_STRING -> Words.mustBe(choice.words(), given.get());
                        case VALUE_NULL -> "must not be null";
                        default -> "must be a string";
                    });
                }
            } else if (!all.containsKey(name)) {
                values.wrong("is no field of any type");
            } else if (values.token() != JsonToken.VALUE_NULL) {
                values.value(all.get(name).use());
            }
        });
        return null;
    }

    /**
     * The record of the object here.
     *
     * @param tag a field beside the record's
     * @param unknown what is said of a field that there is not
     */
    @Nullable Object record(Class<?> type, Optional<String> tag, UnaryOperator<String> unknown) {
        RecordShape shape = RecordShape.of(type);
        Map<String, Object> read = new LinkedHashMap<>();
        Set<String> wrong = new HashSet<>();
        values.fields(name -> {
            RecordShape.Component component = shape.byName().get(name);
            if (component == null) {
                if (tag.filter(name::equals).isEmpty()) {
                    values.wrong(unknown.apply(name));
                }
            } else if (values.token() == JsonToken.VALUE_NULL) {
                component.whereNull().ifPresent(value -> read.put(name, value));
            } else {
                int before = trail.size();
                Object value = values.value(component.use());
                if (trail.size() > before) {
                    wrong.add(name);
                }
                if (value != null) {
                    read.put(name, component.present(value));
                }
            }
        });
        return made(shape, read, wrong);
    }

    private @Nullable Object made(RecordShape shape, Map<String, Object> read, Set<String> wrong) {
        boolean canBeMade = true;
        var parts = new ArrayList<@Nullable Object>();
        for (RecordShape.Component component : shape.components()) {
            Object value = read.get(component.name());
            boolean isMissing = value == null && !wrong.contains(component.name()) && component.isRequired();
            if (isMissing) {
                trail.add(component.name(), "is missing" + words(component.use()));
            }
            Object part = value != null ? value
                    : component.mayBeAbsent() ? component.absent() : hole(component.use().type());
            canBeMade &= part != null || component.mayBeAbsent();
            parts.add(part);
        }
        if (!canBeMade) {
            return null;
        }
        Object made = shape.make(parts.toArray());
        if (relating && made instanceof Checked checked) {
            check(checked, wrong, Sets.union(read.keySet(), wrong));
        }
        return made;
    }

    private @Nullable Object hole(Type type) {
        return trail.isComplete() ? Hole.of(type).orElse(null) : null;
    }

    private static String words(TypeUse use) {
        List<String> words = ValueForm.of(use).getFirst().words();
        return words.isEmpty() ? "" : ", must be one of " + String.join(", ", words);
    }

    /** Adds what is not a consequence of what is wrong already. */
    private void check(Checked checked, Set<String> wrong, Set<String> given) {
        String here = trail.pointer();
        List<Problem> before = trail.problems();
        checked.problems(Set.copyOf(wrong), Set.copyOf(given)).stream().map(problem -> problem.within(here))
                .filter(problem -> problem.isOfName() || before.stream().noneMatch(known -> Document.touches(known, problem.pointer())))
                .forEach(trail::add);
    }
}
