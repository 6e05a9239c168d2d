package dev.nabla.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.context.TestPropertySource;

/** Bodies that never end of senders who send a byte from time to time. */
@TestPropertySource(properties = {"nabla.max-body-time=1s", "server.tomcat.connection-timeout=3s",
    "spring.datasource.url=jdbc:h2:mem:slow;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"})
class SlowBodyTest extends HttpTest {

    @ParameterizedTest
    @CsvSource({
        "POST /v1/networks, application/json, Content-Length: 1000000, 408",
        "POST /v1/networks, application/json, Transfer-Encoding: chunked, 408",
        "PATCH /v1/networks/13f9547e-7295-4a9a-8c5e-022531cb4d83, application/json, Content-Length: 1000, 408",
        "POST /v1/datasets/csv, text/csv, Content-Length: 1000000, 408",
        "POST /v1/datasets/csv, multipart/form-data; boundary=b, Content-Length: 1000000, 408",
        "POST /v1/networks, text/html, Content-Length: 1000000, 415",
        "POST /v1/networks, application/json, Content-Length: 100000000, 413",
        "POST /v1/nothing, application/json, Content-Length: 1000000, 404",
        "DELETE /nothing, application/json, Transfer-Encoding: chunked, 404"})
    void theConnectionEndsWithAnAnswer(String request, String type, String length, int status) throws Exception {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port())) {
            send(client, request + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\n" + length + "\r\n\r\n"
                    + (type.startsWith("multipart") ? "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"
                            : ""));
            var answer = CompletableFuture.supplyAsync(() -> text(client));
            String next = length.contains("chunked") ? "1\r\n \r\n" : " ";
            while (!answer.isDone()) {
                trickle(client, next);
            }
            assertThat(answer.join()).startsWith("HTTP/1.1 " + status);
            if (status == 408) {
                assertThat(answer.join()).contains("within 1.0 seconds (nabla.max-body-time)");
            }
        }
    }

    @Test
    void whoSendsNothingMoreIsToldForHowLongTheServerWaits() throws Exception {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port())) {
            send(client, "POST /v1/networks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 1000\r\n\r\n ");
            assertThat(text(client)).startsWith("HTTP/1.1 408")
                    .contains("server.tomcat.connection-timeout", "nabla.max-body-time");
        }
    }

    @Test
    void whoSendsInTimeIsAnsweredAndMayAskAgain() throws Exception {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port())) {
            for (int i = 0; i < 3; i++) {
                send(client, "POST /v1/nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\n");
                trickle(client, " ");
                send(client, "  GET /actuator/health/liveness HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(answers(client.getInputStream(), "HTTP/1.1 404", "HTTP/1.1 200", "UP")).isTrue();
            }
        }
    }

    private static boolean answers(InputStream stream, String... parts) throws IOException {
        var text = new StringBuilder();
        for (String part : parts) {
            while (text.indexOf(part) < 0) {
                int next = stream.read();
                if (next < 0) {
                    return false;
                }
                text.append((char) next);
            }
            text.setLength(0);
        }
        // The end of the last answer.
        while (!text.toString().endsWith("}") && !text.toString().endsWith("0\r\n\r\n")) {
            text.append((char) stream.read());
        }
        return true;
    }

    private static void trickle(Socket client, String next) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(50);
        try {
            send(client, next);
        } catch (IOException e) {
            // It is closed, which is what is waited for.
        }
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(UTF_8));
        client.getOutputStream().flush();
    }

    /** All that comes until the connection ends. */
    private static String text(Socket client) {
        var text = new StringBuilder();
        try {
            for (int next = client.getInputStream().read(); next >= 0; next = client.getInputStream().read()) {
                text.append((char) next);
            }
        } catch (IOException e) {
            // It was closed with bytes on their way.
        }
        return text.toString();
    }
}
