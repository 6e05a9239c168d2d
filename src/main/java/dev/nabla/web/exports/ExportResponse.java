package dev.nabla.web.exports;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nabla.exports.files.ExportFile;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files to take away. */
record ExportResponse(List<File> files) {

    /** One of them, by its text or, where it has none, by its bytes. */
    @Schema(name = "ExportFile")
    record File(String name,
            @Schema(description = "Of a file that is to be read.") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String text,
            @Schema(description = "The bytes of any other file.") @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable String base64) {

        static File of(ExportFile file) {
            return switch (file) {
                case ExportFile.Text text -> new File(text.name(), text.text(), null);
                case ExportFile.Binary binary -> new File(binary.name(), null, Base64.getEncoder()
                        .encodeToString(binary.bytes()));
            };
        }
    }

    static ExportResponse of(List<ExportFile> files) {
        return new ExportResponse(files.stream().map(File::of).toList());
    }
}
