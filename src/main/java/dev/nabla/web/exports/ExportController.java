package dev.nabla.web.exports;

import dev.nabla.documents.Document;
import dev.nabla.exports.files.ExportFile;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Exports", description = "Equations of a network or a model as files to take away")
class ExportController {

    private static final String PATH = "/v1/exports";
    private static final String ZIP = "application/zip";
    /** The least that a ZIP file can say, so that the same files are the same bytes. */
    private static final LocalDateTime LONG_AGO = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final Exports exports;

    ExportController(Exports exports) {
        this.exports = exports;
    }

    @PostMapping(path = PATH, consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(operationId = "export", summary = "Equations as files to take away")
    ExportResponse export(@RequestBody Document<ExportRequest> request) {
        return ExportResponse.of(exports.files(request, false));
    }

    @PostMapping(path = PATH, consumes = MediaType.APPLICATION_JSON_VALUE, produces = ZIP)
    @ApiResponse(responseCode = "200", content = @Content(mediaType = ZIP, schema = @Schema(type = "string", format =
            "binary"),
            examples = @ExampleObject("PK\u0003\u0004")))
    @Operation(operationId = "exportAsZip", summary = "Equations as files to take away, in a ZIP file")
    void zip(@RequestBody Document<ExportRequest> request, HttpServletResponse response) throws IOException {
        answer(response, ZIP, zip(exports.files(request, false)));
    }

    @PostMapping(path = PATH, consumes = MediaType.APPLICATION_JSON_VALUE, produces =
            MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @ApiResponse(responseCode = "200", content = @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
            schema = @Schema(type = "string", format = "binary")))
    @Operation(operationId = "exportAsFile", summary = "Equations as the one file to take away")
    void file(@RequestBody Document<ExportRequest> request, HttpServletResponse response) throws IOException {
        answer(response, MediaType.APPLICATION_OCTET_STREAM_VALUE,
                exports.files(request, true).getFirst().bytes());
    }

    private static void answer(HttpServletResponse response, String type, byte[] bytes) throws IOException {
        response.setContentType(type);
        response.getOutputStream().write(bytes);
    }

    private static byte[] zip(List<ExportFile> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (ExportFile file : files) {
                var entry = new ZipEntry(file.name());
                entry.setTimeLocal(LONG_AGO);
                zip.putNextEntry(entry);
                zip.write(file.bytes());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
