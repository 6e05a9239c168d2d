package dev.nabla.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nabla.NablaApplication;
import dev.nabla.ServiceInThisProcess;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Nobody opens the service to a network by mistake. */
@ServiceInThisProcess
@ExtendWith(OutputCaptureExtension.class)
class OpennessTest {

    private static final String KEY = "nabla.access.bootstrap-key=0123456789abcdef0123456789abcdef";

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({AccessSettings.class, ServerProperties.class})
    @Import(Openness.class)
    static class OnlyAddresses {}

    /** @param isOpen null where it does not start */
    private static void assertOpen(Boolean isOpen, String... properties) {
        new ApplicationContextRunner().withUserConfiguration(OnlyAddresses.class).withPropertyValues(properties).run(context -> {
            if (isOpen != null) {
                assertThat(context.getBean(Openness.class).isOpen()).as(Arrays.toString(properties)).isEqualTo(isOpen);
            } else {
                assertThat(context).as(Arrays.toString(properties)).getFailure().rootCause()
                        .isInstanceOf(UnprotectedAddressException.class);
            }
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"127.0.0.1 | true", "127.1.2.3 | true", "::1 | true", "localhost | true", "0.0.0.0 | ",
        ":: | ", "'' | ", "192.0.2.1 | "})
    void withoutKeysItListensToThisMachineOnlyUnlessItIsToldInSoManyWords(String address, Boolean isOpen) {
        String server = "server.address=" + address;
        assertOpen(isOpen, server);
        assertOpen(isOpen, server, "nabla.access.open=false");
        assertOpen(isOpen, server, "nabla.access.bootstrap-key=");
        assertOpen(true, server, "nabla.access.open=true");
        assertOpen(false, server, KEY);
        assertOpen(false, server, KEY, "nabla.access.open=true");
        assertOpen(isOpen, "server.address=127.0.0.1", "management.server.port=9090", "management.server.address=" + address);
        assertOpen(true, "server.address=127.0.0.1", "management.server.address=" + address);
    }

    @Test
    void whatIsConfiguredListensToThisMachineAndWhoWidensItIsToldWhatToDo(CapturedOutput output) {
        assertThatThrownBy(() -> SpringApplication.run(NablaApplication.class, "--server.address=0.0.0.0", "--server.port=0",
                "--spring.datasource.url=jdbc:h2:mem:openness;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"))
                .hasRootCauseInstanceOf(UnprotectedAddressException.class);
        assertThat(output).contains("APPLICATION FAILED TO START", "server.address is 0.0.0.0, which is not loopback",
                "nabla.access.bootstrap-key", "nabla.access.open=true");
    }
}
