package dev.nabla.network.architectures;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.nabla.documents.JsonForm;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Positive;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** By which means and scales the inputs, or the outputs, of a network are normalized: fitted to data, or given by name. */
public sealed interface Scaling permits Scaling.Fitted, Scaling.Given {

    /** The names that have a mean and a scale, of these. */
    List<String> scaled(List<String> names);

    /** The mean and the scale of a name before anything is fitted. */
    MeanAndScale initial(String name);

    /** How they are fitted. A column with one number has scale 1. */
    enum Fitted implements Scaling {

        /** The mean and the standard deviation, whose square is the mean of the squared deviations. */
        @JsonProperty("standard") STANDARD,

        /** The middle of the least and the greatest number and half of what is between them, which become −1 and 1. */
        @JsonProperty("min-max") MIN_MAX;

        @Override
        public List<String> scaled(List<String> names) {
            return names;
        }

        @Override
        public MeanAndScale initial(String name) {
            return new MeanAndScale(0, 1);
        }
    }

    /** Numbers by name; what has no name here is not scaled. */
    record Given(Map<String, MeanAndScale> numbers) implements Scaling {

        public Given {
            numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
        }

        @JsonForm
        static Given of(LinkedHashMap<String, MeanAndScale> numbers) {
            return new Given(numbers);
        }

        @JsonValue
        Map<String, MeanAndScale> written() {
            return numbers;
        }

        @Override
        public List<String> scaled(List<String> names) {
            return names.stream().filter(numbers::containsKey).toList();
        }

        @Override
        public MeanAndScale initial(String name) {
            return numbers.getOrDefault(name, new MeanAndScale(0, 1));
        }
    }

    /** Of (x − mean) / scale. */
    @Schema(name = "MeanAndScale")
    record MeanAndScale(@Schema(description = "What is subtracted.", example = "0") @JsonProperty(defaultValue = "0") double mean,
            @Schema(description = "What is divided by.", example = "2") @Positive @JsonProperty(defaultValue = "1") double scale) {}
}
