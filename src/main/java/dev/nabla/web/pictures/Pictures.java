package dev.nabla.web.pictures;

import dev.nabla.plots.Drawing;
import dev.nabla.plots.Picture;
import dev.nabla.plots.Picture.Format;
import dev.nabla.web.Query;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** How large pictures are, and how they are answered. */
final class Pictures {

    static final String SVG = "image/svg+xml";
    static final String PNG = MediaType.IMAGE_PNG_VALUE;
    static final String SVG_EXAMPLE =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 480 360\"><text x=\"9\" y=\"20\">z</text></svg>";
    static final String PNG_EXAMPLE = "\u0089PNG";
    static final String WIDTH = "In pixels; 960 if left out. All of a picture grows with it.";
    static final String HEIGHT = "In pixels; 720 if left out.";
    static final int LEAST = 100;
    static final int MOST = 3000;

    /** An SVG, which a browser may show as a page of this service, runs and loads nothing. */
    private static final String INERT = "default-src 'none'; sandbox";
    private static final int USUAL_WIDTH = 960;
    private static final int USUAL_HEIGHT = 720;

    private Pictures() {}

    static Picture size(Query query, @Nullable String width, @Nullable String height) {
        return new Picture(query.integer("width", width, USUAL_WIDTH, LEAST, MOST),
                query.integer("height", height, USUAL_HEIGHT, LEAST, MOST));
    }

    static ResponseEntity<byte[]> answer(Picture picture, Drawing drawing, Format format) {
        return ResponseEntity.ok().cacheControl(CacheControl.noCache().cachePrivate())
                .header("Content-Security-Policy", INERT)
                .contentType(MediaType.parseMediaType(switch (format) {
                    case SVG -> SVG;
                    case PNG -> PNG;
                })).body(picture.of(drawing, format));
    }
}
