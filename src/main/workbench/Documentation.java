import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Makes pages of the documents of the project: docs/README.md becomes index.html, README.md nabla.html, any other one is called as
 * before. Links between documents become links between pages, and what a document links to of the sources stands there as text.
 */
final class Documentation {

    /** Tables of which documents tell, which lie where the gallery has them. */
    private static final String TABLES = "src/main/workbench/screens/gallery/examples";

    private static final Map<String, String> ELSEWHERE = Map.of("openapi/openapi.yaml", "/v3/api-docs.yaml");

    private final Path project;
    private final String template;
    private final Map<String, String> pages = new TreeMap<>();

    /** @param template a page with {{title}}, {{contents}} and {{document}} */
    Documentation(Path project, String template) throws IOException {
        this.project = project;
        this.template = template;
        sources(project).stream().filter(name -> name.endsWith(".md")).forEach(name -> pages.put(name, page(name)));
    }

    /** The documents, their pictures and tables, by their paths in the project. */
    static List<String> sources(Path project) throws IOException {
        try (Stream<Path> root = Files.list(project); Stream<Path> docs = Files.walk(project.resolve("docs"));
                Stream<Path> tables = Files.list(project.resolve(TABLES))) {
            return Stream.of(root.filter(file -> file.toString().endsWith(".md")), docs,
                            tables.filter(file -> file.toString().endsWith(".csv")))
                    .flatMap(files -> files).filter(Files::isRegularFile)
                    .map(file -> project.relativize(file).toString().replace('\\', '/')).sorted().toList();
        }
    }

    private static String page(String document) {
        return switch (document) {
            case "README.md" -> "nabla.html";
            case "docs/README.md" -> "index.html";
            default -> document.replaceFirst("^docs/", "").toLowerCase(Locale.ROOT).replaceFirst("\\.md$", ".html");
        };
    }

    /** What browsers may load, by its path. */
    Map<String, byte[]> files() throws IOException {
        var files = new TreeMap<String, byte[]>();
        for (String source : sources(project)) {
            Path file = project.resolve(source);
            if (pages.containsKey(source)) {
                files.put(pages.get(source), html(source, Files.readString(file)).getBytes(StandardCharsets.UTF_8));
            } else {
                files.put(place(source), Files.readAllBytes(file));
            }
        }
        return files;
    }

    private String html(String document, String text) {
        var extensions = List.of(TablesExtension.create());
        Node tree = Parser.builder().extensions(extensions).build().parse(text);
        Map<Heading, String> anchors = new LinkedHashMap<>();
        tree.accept(new AbstractVisitor() {

            private final Set<String> taken = new HashSet<>();

            @Override
            public void visit(Heading heading) {
                String slug = text(heading).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
                String free = slug;
                for (int i = 1; !taken.add(free); i++) {
                    free = slug + "-" + i;
                }
                anchors.put(heading, free);
                visitChildren(heading);
            }

            @Override
            public void visit(Link link) {
                visitChildren(link);
                String target = target(document, link.getDestination());
                if (target.isEmpty()) {
                    for (Node child = link.getFirstChild(); child != null; child = link.getFirstChild()) {
                        link.insertBefore(child);
                    }
                    link.unlink();
                } else {
                    link.setDestination(target);
                }
            }

            @Override
            public void visit(Image image) {
                image.setDestination(target(document, image.getDestination()));
                visitChildren(image);
            }
        });
        String body = HtmlRenderer.builder().extensions(extensions).attributeProviderFactory(_ -> (node, tag, attributes) -> {
            if (node instanceof Heading heading) {
                attributes.put("id", anchors.get(heading));
            } else if ((node instanceof FencedCodeBlock || node instanceof IndentedCodeBlock) && tag.equals("pre")) {
                attributes.put("tabindex", "0");
            }
        }).build().render(tree);
        String title = anchors.keySet().stream().findFirst().map(Documentation::text).orElse(document);
        String contents = anchors.entrySet().stream().filter(heading -> heading.getKey().getLevel() == 2)
                .map(heading -> "<li><a href=\"#" + heading.getValue() + "\">" + escaped(text(heading.getKey())) + "</a></li>")
                .collect(Collectors.joining("\n"));
        return template.replace("{{title}}", escaped(title)).replace("{{contents}}", contents)
                .replace("{{document}}", pictures(document, body)
                        // What is above a column of headings is none.
                        .replaceAll("<th( align=\"[a-z]+\")?></th>", "<td></td>")
                        // What is too wide scrolls.
                        .replace("<table>", "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table>")
                        .replace("</table>", "</table></div>"));
    }

    /** Pictures that are written as HTML. */
    private String pictures(String document, String body) {
        return Pattern.compile("<img src=\"(docs/[^\"]*)\"").matcher(body).replaceAll(found ->
                "<img src=\"" + target(document, found.group(1)) + "\"");
    }

    /** What a link of a document leads to here; empty for what is not part of the site. */
    private String target(String document, String link) {
        if (link.startsWith("#") || link.contains(":")) {
            return link;
        }
        String path = link.replaceFirst("#.*", "");
        String fragment = link.substring(path.length());
        String source = Path.of(document).resolveSibling(path).normalize().toString().replace('\\', '/');
        if (ELSEWHERE.containsKey(source)) {
            return ELSEWHERE.get(source);
        }
        boolean isFile = source.startsWith("docs/images/") || source.startsWith(TABLES) && source.endsWith(".csv");
        String page = pages.getOrDefault(source, isFile ? place(source) : "");
        return page.isEmpty() ? "" : "/docs/" + page + fragment;
    }

    /** Where what is no document lies below /docs/. */
    private static String place(String source) {
        return source.startsWith(TABLES) ? "tables" + source.substring(TABLES.length()) : source.replaceFirst("^docs/", "");
    }

    private static String text(Node node) {
        var text = new StringBuilder();
        node.accept(new AbstractVisitor() {

            @Override
            public void visit(Text part) {
                text.append(part.getLiteral());
            }

            @Override
            public void visit(Code part) {
                text.append(part.getLiteral());
            }
        });
        return text.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
