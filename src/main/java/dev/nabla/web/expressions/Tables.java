package dev.nabla.web.expressions;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverters.ServerBuilder;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The forms of points and values beside JSON. */
@Configuration
public class Tables implements WebMvcConfigurer {

    public static final String CSV = "text/csv";
    public static final String NPY = "application/x-npy";

    /** Of operations that take and give them. */
    public static final String DESCRIPTION = "Points may come as text/csv, whose header names the inputs in any order, and as "
            + "application/x-npy, an array of NumPy with a row for every sample; with Accept values are answered so too, what is "
            + "undefined empty or NaN.";

    static final MediaType CSV_TYPE = MediaType.parseMediaType(CSV);
    static final MediaType NPY_TYPE = MediaType.parseMediaType(NPY);

    @Override
    public void configureMessageConverters(ServerBuilder converters) {
        converters.addCustomConverter(new PointsConverter()).addCustomConverter(new ColumnsConverter());
    }
}
