package dev.nabla.web.exports;

import dev.nabla.documents.Document;
import dev.nabla.exports.files.ExportFile;
import dev.nabla.exports.files.RefusedExportException;
import dev.nabla.exports.files.Subject;
import dev.nabla.exports.files.Subject.Equation;
import dev.nabla.exports.routine.NotOfOneSampleException;
import dev.nabla.expression.Expression;
import dev.nabla.expression.UndefinedException;
import dev.nabla.expression.WorkLimitException;
import dev.nabla.network.Network;
import dev.nabla.problems.Problem;
import dev.nabla.rendering.PrintTooLargeException;
import dev.nabla.web.expressions.Equations;
import dev.nabla.web.limits.RequestLimits;
import dev.nabla.web.networks.Subjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.stereotype.Service;

/** Makes the files that a request asks for. */
@Service
class Exports {

    private final Subjects subjects;
    private final long maxLength;

    Exports(Subjects subjects, RequestLimits limits) {
        this.subjects = subjects;
        this.maxLength = limits.maxPrintSize();
    }

    /** @param isOne whether there may be one file only */
    List<ExportFile> files(Document<ExportRequest> document, boolean isOne) {
        return document.checked((request, errors) -> files(document, request, isOne, errors)).orElseThrow();
    }

    private Optional<List<ExportFile>> files(Document<ExportRequest> document, ExportRequest request, boolean isOne,
            List<Problem> errors) {
        Optional<Subjects.Subject> found = subjects.find(document, request.network(), request.networkId(),
                request.modelId(),
                errors);
        List<String> texts = request.equations();
        if (found.isEmpty() || texts == null) {
            Equations.requireSyntax(texts, errors);
            return Optional.empty();
        }
        List<Expression> expressions = Equations.parse(texts, found.get().network().scope(), errors);
        if (!errors.isEmpty() || !document.isSound()) {
            return Optional.empty();
        }
        Optional<List<ExportFile>> files = files(request, subject(request, found.get(), texts, expressions), errors);
        files.filter(all -> isOne && all.size() > 1).ifPresent(all -> errors.add(Problem.of("/format", "makes "
                + all.size()
                + " files of this request: accept application/zip or application/json")));
        return files;
    }

    private Optional<List<ExportFile>> files(ExportRequest request, Subject subject, List<Problem> errors) {
        try {
            return Optional.of(request.exporter().files(subject, request.isSingle(), maxLength));
        } catch (RefusedExportException | NotOfOneSampleException | PrintTooLargeException | UndefinedException
                | WorkLimitException e) {
            errors.add(Problem.of("/equations", e.getMessage()));
            return Optional.empty();
        }
    }

    private static Subject subject(ExportRequest request, Subjects.Subject found, List<String> texts,
            List<Expression> expressions) {
        Network network = found.network();
        return new Subject(request.name(),
                IntStream.range(0, texts.size()).mapToObj(i -> new Equation(texts.get(i), expressions.get(i))).toList(),
                network.inputs(), network.definition().inputs(), network.parameters().symbols(),
                found.parameters().filter(_ -> request.substituteParameters()), network.notation(), origin(request, found));
    }

    private static List<String> origin(ExportRequest request, Subjects.Subject found) {
        var lines = new ArrayList<String>();
        lines.add(request.name() + ", exported by Nabla (API version 1).");
        if (request.networkId() != null) {
            lines.add("network " + request.networkId());
        }
        if (found.model().isPresent()) {
            lines.add("model " + found.model().get());
        }
        return lines;
    }
}
