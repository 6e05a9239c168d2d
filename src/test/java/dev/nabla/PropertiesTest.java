package dev.nabla;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nabla.jobs.RetentionLimits;
import dev.nabla.jobs.TrainingLimits;
import dev.nabla.web.access.AccessSettings;
import dev.nabla.web.http.AllowedOrigins;
import dev.nabla.web.limits.RequestLimits;
import dev.nabla.web.rehearsal.RehearsalSettings;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service's own properties. */
class PropertiesTest {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(OnlyProperties.class);

    @Test
    void readmeListsEveryPropertyWithItsDefaultAndMeaning() throws Exception {
        try (Stream<String> lines = Files.lines(Path.of("README.md"))) {
            assertThat(lines.filter(line -> line.startsWith("| `nabla."))).containsExactlyInAnyOrderElementsOf(rows());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nabla.max-body-size=0", "nabla.max-request-work=-1s", "nabla.max-print-size=0",
            "nabla.max-request-time=0s", "nabla.max-waiting-requests=0", "nabla.computing-threads=-1",
            "nabla.access.requests-per-minute=0", "nabla.access.requests-per-day=0",
            "nabla.access.bootstrap-key=guessable",
            "nabla.trainings.max-queued=-1", "nabla.trainings.max-sample-visits=0", "nabla.trainings.max-running=-1",
            "nabla.trainings.max-trials=0", "nabla.trainings.lease=999ms", "nabla.trainings.state-interval=0s",
            "nabla.retention.trainings=0d", "nabla.retention.unused=-1d", "nabla.rehearsal.time=-1s"})
    void theServiceDoesNotStartWithALimitThatLetsNothingThrough(String property) {
        application.withPropertyValues(property).run(context -> assertThat(context).getFailure().rootCause()
                .hasMessageContaining(property.substring(0, property.indexOf('='))).hasMessageContaining("must be"));
    }

    @Test
    void whatIsSetTakesThePlaceOfTheDefault() {
        application.withPropertyValues("nabla.max-body-size=2KB", "nabla.trainings.max-queued=0").run(context -> {
            assertThat(context.getBean(RequestLimits.class).maxBodySize().toBytes()).isEqualTo(2048);
            assertThat(context.getBean(RequestLimits.class).maxPrintSize()).isEqualTo(5_000_000);
            assertThat(context.getBean(TrainingLimits.class).maxQueued()).isZero();
        });
    }

    /** The rows that README should have, from the table which the compiler writes for editors. */
    private static List<String> rows() throws URISyntaxException {
        Path classes = Path.of(NablaApplication.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        JsonNode table = JsonMapper.shared()
                .readTree(classes.resolve("META-INF/spring-configuration-metadata.json").toFile());
        return table.get("properties").valueStream().filter(property -> property.get("name").asString().startsWith("nabla."))
                .map(property -> "| `%s` | %s | %s |".formatted(
                property.get("name").asString(), property.path("defaultValue").asString("none"),
                property.get("description").asString())).collect(Collectors.toList());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({AccessSettings.class, RequestLimits.class, TrainingLimits.class, RetentionLimits.class,
        AllowedOrigins.class, RehearsalSettings.class})
    static class OnlyProperties {}
}
