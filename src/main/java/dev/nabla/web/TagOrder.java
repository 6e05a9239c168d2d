package dev.nabla.web;

import io.swagger.v3.oas.models.tags.Tag;
import java.util.Comparator;
import java.util.List;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The order in which Swagger UI shows the resources: that in which one works with them. */
@Configuration
class TagOrder {

    static final List<String> NAMES = List.of("Networks", "Expressions", "Exports", "Datasets",
            "Trainings", "Sweeps", "Models", "Ensembles",
            "Trajectories", "Bounds", "Inference", "Keys");

    @Bean
    GlobalOpenApiCustomizer tagsInOrder() {
        return document -> document.setTags(document.getTags().stream()
                .sorted(Comparator.comparingInt((Tag tag) -> NAMES.indexOf(tag.getName()))).toList());
    }
}
