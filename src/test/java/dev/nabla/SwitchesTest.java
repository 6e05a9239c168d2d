package dev.nabla;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** No case of a choice can be forgotten: a switch that has a value does not compile without all of them. */
class SwitchesTest {

    private static final Path SOURCES = Path.of("src/main/java");

    private final List<String> statements = new ArrayList<>();
    private final List<String> expressions = new ArrayList<>();

    @Test
    void everySwitchIsAnExpression() throws IOException {
        read();
        assertThat(expressions).isNotEmpty();
        assertThat(statements).isEmpty();
    }

    private void read() throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null); Stream<Path> paths = Files.walk(SOURCES)) {
            List<Path> sources = paths.filter(path -> path.toString().endsWith(".java")).toList();
            var task = (JavacTask) compiler.getTask(null, files, null, null, null,
                    files.getJavaFileObjectsFromPaths(sources));
            for (CompilationUnitTree source : task.parse()) {
                new Switches().scan(source, source.getSourceFile().getName());
            }
        }
    }

    private final class Switches extends TreeScanner<Void, String> {

        @Override
        public Void visitSwitch(SwitchTree statement, String source) {
            statements.add("switch " + statement.getExpression() + " in " + source);
            return super.visitSwitch(statement, source);
        }

        @Override
        public Void visitSwitchExpression(SwitchExpressionTree expression, String source) {
            expressions.add(source);
            return super.visitSwitchExpression(expression, source);
        }
    }
}
