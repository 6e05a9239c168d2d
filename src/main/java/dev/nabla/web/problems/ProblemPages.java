package dev.nabla.web.problems;

import dev.nabla.web.limits.AnswersAtOnce;
import io.swagger.v3.oas.annotations.Hidden;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** A page for every kind of problem, under its type. */
@Hidden
@RestController
@AnswersAtOnce
@RequestMapping(ProblemKind.PATH)
class ProblemPages {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    @GetMapping
    ResponseEntity<String> all() {
        return page("Problems", Arrays.stream(ProblemKind.values()).map(kind -> "<li><a href=\"" + kind.type() + "\">"
                + HtmlUtils.htmlEscape(kind.title()) + "</a></li>\n").collect(Collectors.joining("", "<ul>\n", "</ul>")));
    }

    @GetMapping("/{kind}")
    ResponseEntity<String> one(@PathVariable("kind") String slug) {
        ProblemKind found = Arrays.stream(ProblemKind.values()).filter(kind -> kind.slug().equals(slug)).findFirst()
                .orElseThrow(() -> new NotFoundException("kind of problem", slug));
        return page(found.title(), "<p>Status " + found.status().value() + "</p>\n<p>"
                + HtmlUtils.htmlEscape(found.meaning()) + "</p>\n<p><a href=\"/docs/problems.html#" + found.slug()
                + "\">All problems</a></p>");
    }

    private static ResponseEntity<String> page(String title, String body) {
        return ResponseEntity.ok().contentType(HTML).body(text(title, body));
    }

    /** What somebody sees who follows a link, or types an address, where there is nothing. */
    static ResponseEntity<Object> nothingAt(String path) {
        return ResponseEntity.status(HttpStatus.NOT_FOUND).contentType(HTML).body(text("Not found", "<p>There is nothing at "
                + HtmlUtils.htmlEscape(path) + ".</p>\n<p><a href=\"/\">The workbench</a>, <a href=\"/docs/\">the documents</a></p>"));
    }

    private static String text(String title, String body) {
        String escaped = HtmlUtils.htmlEscape(title);
        return "<!doctype html>\n<html lang=\"en\">\n<title>" + escaped + "</title>\n<h1>" + escaped + "</h1>\n" + body
                + "\n</html>\n";
    }
}
