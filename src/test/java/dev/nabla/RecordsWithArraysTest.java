package dev.nabla;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.classfile.attribute.SignatureAttribute;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A record with an array, or with such a record among its components, is equal to itself alone, whatever its numbers
 * are. That is no equality to count on, so none of them is compared, hashed or a key.
 */
class RecordsWithArraysTest {

    private static final Path CLASSES = Path.of("target/classes");
    private static final Set<String> COMPARISONS = Set.of("equals", "hashCode");

    @Test
    void noRecordWithAnArrayIsComparedOrHashedOrAKey() throws IOException {
        List<ClassModel> classes = classes();
        Set<String> records = recordsWithArrays(classes);
        assertThat(records).contains("dev/nabla/datasets/Samples", "dev/nabla/losses/MatchedSamples");
        Pattern key = Pattern.compile("(?:Map|Set)<L(?:" + String.join("|", records).replace("$", "\\$") + ");");
        assertThat(classes.stream().flatMap(model -> entries(model)
                .filter(entry -> isComparison(entry, records) || isKey(entry, key))
                .map(entry -> entry + " in " + model.thisClass().asInternalName()))).isEmpty();
    }

    private static boolean isComparison(PoolEntry entry, Set<String> records) {
        return entry instanceof MemberRefEntry member && records.contains(member.owner().asInternalName())
                && COMPARISONS.contains(member.name().stringValue());
    }

    /** In the type of a field, a method or a local variable. */
    private static boolean isKey(PoolEntry entry, Pattern key) {
        return entry instanceof Utf8Entry text && key.matcher(text.stringValue()).find();
    }

    private static Set<String> recordsWithArrays(List<ClassModel> classes) {
        var found = new HashSet<String>();
        int before;
        do {
            before = found.size();
            classes.stream()
                    .filter(model -> components(model).stream().anyMatch(component -> hasArray(component, found)))
                    .forEach(model -> found.add(model.thisClass().asInternalName()));
        } while (found.size() > before);
        return found;
    }

    private static List<RecordComponentInfo> components(ClassModel model) {
        return model.findAttribute(Attributes.record()).map(attribute -> attribute.components()).orElse(List.of());
    }

    private static boolean hasArray(RecordComponentInfo component, Set<String> records) {
        String type = component.findAttribute(Attributes.signature()).map(SignatureAttribute::signature)
                .map(Utf8Entry::stringValue).orElse(component.descriptor().stringValue());
        return type.contains("[") || records.stream().anyMatch(record -> type.contains("L" + record + ";"));
    }

    private static Stream<PoolEntry> entries(ClassModel model) {
        Stream.Builder<PoolEntry> entries = Stream.builder();
        model.constantPool().forEach(entries);
        return entries.build();
    }

    private static List<ClassModel> classes() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.filter(file -> file.toString().endsWith(".class")).map(RecordsWithArraysTest::parse).toList();
        }
    }

    private static ClassModel parse(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
