import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/**
 * Makes the workbench: a page, and the modules, styles and fonts that it loads, below a folder that is named by a hash of
 * them all, so that browsers may keep them for ever. TypeScript becomes JavaScript by its own compiler, which runs in Java;
 * each file is compiled when it has changed. The client is generated from the OpenAPI document. Beside it lie the documents
 * of the project as pages.
 *
 * <p>Arguments: the folder of the project, Maven's build directory, where the page goes.
 */
final class Build {

    /** What a bare name in an import stands for, below the folder of the hash. */
    private static final Map<String, String> MODULES = Map.of(
            "preact", "packages/preact/dist/preact.mjs",
            "preact/hooks", "packages/preact/hooks/dist/hooks.mjs",
            "preact/jsx-runtime", "packages/preact/jsx-runtime/dist/jsxRuntime.mjs",
            "katex", "packages/katex/dist/katex.mjs",
            "echarts", "packages/echarts/dist/echarts.esm.min.js",
            "client", "client/index.js");
    private static final List<String> PACKAGES = List.of("preact", "katex", "echarts");
    /** Without the letters that no formula of the service has. */
    private static final Pattern FONT = Pattern.compile(
            "packages/katex/dist/(katex\\.min\\.css|fonts/KaTeX_(?!Fraktur|SansSerif|Script|Typewriter).*\\.woff2)");
    private static final Pattern IMPORT = Pattern.compile("(\\bfrom\\s*|\\bimport\\s*\\(?\\s*)([\"'])([^\"'\\s]+)\\2");
    private static final Pattern SOURCE_MAP = Pattern.compile("(?m)^//# sourceMappingURL=.*$");
    private static final Pattern BY_WEBJAR = Pattern.compile("META-INF/resources/webjars/[^/]+/[^/]+/(.+)");
    private static final String TO_JAVASCRIPT = """
            (text, name) => {
              const made = ts.transpileModule(text, {fileName: name, reportDiagnostics: true, compilerOptions: {
                target: 'ES2022', module: 'ESNext', jsx: 'react-jsx', jsxImportSource: 'preact', isolatedModules: true,
                removeComments: true}});
              const wrong = made.diagnostics.map(d => name + ':'
                  + (d.file.getLineAndCharacterOfPosition(d.start).line + 1) + ': '
                  + ts.flattenDiagnosticMessageText(d.messageText, ' '));
              if (wrong.length > 0) throw new Error(wrong.join('; '));
              return made.outputText;
            }""";

    private final Path project;
    private final Path sources;
    private final Path work;
    private final Path target;

    private Build(Path project, Path build, Path target) {
        this.project = project;
        this.sources = project.resolve("src/main/workbench");
        this.work = build.resolve("workbench");
        this.target = target;
    }

    static void main(String[] arguments) throws IOException, InterruptedException {
        new Build(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2])).run();
    }

    private void run() throws IOException, InterruptedException {
        String state = hash(inputs());
        Path stamp = work.resolve("stamp");
        if (Files.exists(stamp) && Files.readString(stamp).equals(state) && Files.exists(target.resolve("index.html"))) {
            return;
        }
        Files.deleteIfExists(stamp);
        for (String name : PACKAGES) {
            unpack(name);
        }
        generateClient();
        Map<String, byte[]> files = files();
        String folder = "workbench/" + hash(files).substring(0, 16);
        delete(target.resolve("workbench"));
        for (var file : files.entrySet()) {
            write(target.resolve(folder).resolve(file.getKey()), file.getValue());
        }
        write(target.resolve("index.html"), page("index.html", List.of("main.js", "screens/home/screen.js"), folder, files)
                .getBytes(UTF_8));
        delete(target.resolve("docs"));
        var documents = new Documentation(project, page("docs/page.html", List.of("docs/docs.js"), folder, files));
        for (var file : documents.files().entrySet()) {
            write(target.resolve("docs").resolve(file.getKey()), file.getValue());
        }
        Files.writeString(stamp, state);
    }

    /** All that the result is made of. */
    private Map<String, byte[]> inputs() throws IOException {
        var inputs = new TreeMap<String, byte[]>();
        for (Path file : list(sources)) {
            inputs.put(name(sources, file), Files.readAllBytes(file));
        }
        for (String document : Documentation.sources(project)) {
            inputs.put("documents/" + document, Files.readAllBytes(project.resolve(document)));
        }
        inputs.put("openapi.yaml", Files.readAllBytes(project.resolve("openapi/openapi.yaml")));
        for (Path jar : list(work.resolve("lib"))) {
            inputs.put(name(work, jar), (Files.size(jar) + " " + Files.getLastModifiedTime(jar)).getBytes(UTF_8));
        }
        return inputs;
    }

    /** Packages lie where TypeScript looks for them, too. */
    private void unpack(String name) throws IOException {
        Path folder = work.resolve("node_modules").resolve(name);
        delete(folder);
        try (var jar = FileSystems.newFileSystem(work.resolve("lib/" + name + ".jar"))) {
            for (Path file : list(jar.getPath("META-INF"))) {
                var inPackage = BY_WEBJAR.matcher(file.toString());
                if (inPackage.matches()) {
                    write(folder.resolve(inPackage.group(1)), Files.readAllBytes(file));
                }
            }
        }
    }

    private void generateClient() throws IOException, InterruptedException {
        Path client = work.resolve("client");
        delete(client);
        Files.createDirectories(work);
        Path log = work.resolve("client.log");
        int status = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
                work.resolveSibling("openapi-generator").resolve("openapi-generator-cli.jar").toString(), "generate",
                "--input-spec", project.resolve("openapi/openapi.yaml").toString(), "--generator-name", "typescript-fetch",
                "--output", client.toString(),
                // Answers are what the service wrote, with times as texts, and no code that copies them field by field.
                "--additional-properties", "withoutRuntimeChecks=true,modelPropertyNaming=original,importFileExtension=.js",
                "--type-mappings", "DateTime=string,date=string", "--reserved-words-mappings", "continue=continue")
                .redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
        if (status != 0) {
            throw new IllegalStateException("no client was made of openapi/openapi.yaml:\n" + Files.readString(log));
        }
    }

    /** What browsers may load, by its path below the folder of the hash. */
    private Map<String, byte[]> files() throws IOException {
        var files = new TreeMap<String, byte[]>();
        var scripts = new TreeMap<String, String>();
        Path packages = work.resolve("node_modules");
        for (Path file : list(packages.resolve("katex"))) {
            String name = "packages/" + name(packages, file);
            if (FONT.matcher(name).matches()) {
                files.put(name, Files.readAllBytes(file));
            }
        }
        var styles = new StringBuilder();
        for (Path file : list(sources)) {
            if (file.toString().endsWith(".css")) {
                styles.append(Files.readString(file));
            } else if (file.toString().endsWith(".svg") || file.getParent().endsWith("examples")) {
                files.put(name(sources, file), Files.readAllBytes(file));
            }
        }
        files.put("workbench.css", styles.toString().getBytes(UTF_8));
        try (var compiler = new Compiler()) {
            for (String module : MODULES.values()) {
                if (module.startsWith("packages/")) {
                    String text = Files.readString(packages.resolve(module.substring("packages/".length())));
                    // The one that is not minified loses its comments.
                    scripts.put(module, module.equals(MODULES.get("katex")) ? compiler.javascript(text, "katex.js") : text);
                }
            }
            for (Path root : List.of(sources, work)) {
                for (Path file : list(root.equals(work) ? work.resolve("client") : root)) {
                    String name = name(root, file);
                    if (name.matches(".*\\.tsx?") && !name.endsWith(".d.ts")) {
                        scripts.put(name.replaceAll("\\.tsx?$", ".js"), compiler.javascript(Files.readString(file), name));
                    }
                }
            }
        }
        scripts.forEach((name, text) -> files.put(name, linked(name, text).getBytes(UTF_8)));
        return files;
    }

    /** The same module with bare names as paths. */
    private static String linked(String name, String text) {
        String up = "../".repeat((int) name.chars().filter(character -> character == '/').count());
        return IMPORT.matcher(SOURCE_MAP.matcher(text).replaceAll("")).replaceAll(found -> Matcher.quoteReplacement(
                found.group(1) + found.group(2) + Optional.ofNullable(MODULES.get(found.group(3)))
                        .map(module -> (up.isEmpty() ? "./" : up) + module).orElse(found.group(3)) + found.group(2)));
    }

    /** A page, which names the modules that it needs to begin with, so that all are fetched at once. */
    private String page(String source, List<String> roots, String folder, Map<String, byte[]> files) throws IOException {
        Set<String> modules = new LinkedHashSet<>();
        for (String root : roots) {
            needs(root, files, modules);
        }
        String preload = modules.stream().map(module -> "<link rel=\"modulepreload\" href=\"/" + folder + "/" + module + "\">")
                .collect(Collectors.joining("\n  "));
        return Files.readString(sources.resolve(source)).replace("{{folder}}", "/" + folder).replace("{{preload}}", preload);
    }

    private static void needs(String module, Map<String, byte[]> files, Set<String> found) {
        if (!files.containsKey(module)) {
            throw new IllegalStateException("there is no module " + module);
        }
        if (found.add(module)) {
            IMPORT.matcher(new String(files.get(module), UTF_8)).results()
                    .filter(match -> !match.group(1).contains("(") && match.group(3).startsWith("."))
                    .forEach(match -> needs(Path.of(module).resolveSibling(match.group(3)).normalize().toString()
                            .replace('\\', '/'), files, found));
        }
    }

    /** TypeScript's compiler, started when the first file needs it. */
    private final class Compiler implements AutoCloseable {

        private final Path cache = work.resolve("cache");
        private Context context;
        private Value toJavaScript;

        String javascript(String text, String name) throws IOException {
            Path kept = cache.resolve(hash(Map.of(name, text.getBytes(UTF_8), "how", TO_JAVASCRIPT.getBytes(UTF_8),
                    "by", Long.toString(Files.size(work.resolve("lib/typescript.jar"))).getBytes(UTF_8))));
            if (!Files.exists(kept)) {
                start();
                write(kept, toJavaScript.execute(text, name).asString().getBytes(UTF_8));
            }
            return Files.readString(kept);
        }

        private void start() throws IOException {
            if (context == null) {
                context = Context.newBuilder("js").option("engine.WarnInterpreterOnly", "false").build();
                try (var jar = FileSystems.newFileSystem(work.resolve("lib/typescript.jar"))) {
                    for (Path file : list(jar.getPath("META-INF"))) {
                        var inPackage = BY_WEBJAR.matcher(file.toString());
                        if (inPackage.matches() && inPackage.group(1).equals("lib/typescript.js")) {
                            context.eval(Source.newBuilder("js", Files.readString(file), "typescript.js").build());
                        }
                    }
                }
                toJavaScript = context.eval("js", TO_JAVASCRIPT);
            }
        }

        @Override
        public void close() {
            if (context != null) {
                context.close();
            }
        }
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted(Comparator.comparing(Path::toString)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path root, Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Path begun = file.resolveSibling(file.getFileName() + ".new");
        Files.write(begun, content);
        Files.move(begun, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            var found = new ArrayList<Path>();
            try (Stream<Path> files = Files.walk(folder)) {
                files.forEach(found::addFirst);
            }
            for (Path file : found) {
                Files.delete(file);
            }
        }
    }

    private static String hash(Map<String, byte[]> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(files).forEach((name, content) -> {
                digest.update((name + "\n" + content.length + "\n").getBytes(UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
