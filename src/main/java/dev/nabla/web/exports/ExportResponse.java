package dev.nabla.web.exports;

import dev.nabla.exports.files.ExportFile;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** Files to take away. */
record ExportResponse(List<File> files) {

    /** One of them. */
    @Schema(name = "ExportFile")
    record File(String name, String text) {}

    static ExportResponse of(List<ExportFile> files) {
        return new ExportResponse(files.stream().map(file -> new File(file.name(), file.text())).toList());
    }
}
