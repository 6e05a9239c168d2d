package dev.nabla.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Requests of all kinds that nobody should send, 1,500 or {@code -Dcampaign=20000}: each is answered, and none by a 5xx. */
@TestPropertySource(properties = {"nabla.max-body-size=4MB", "nabla.max-request-work=2s", "nabla.max-waiting-requests=1000",
    "spring.datasource.url=jdbc:h2:mem:fuzz;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"})
class FuzzTest extends HttpTest {

    private static final int REQUESTS = Integer.getInteger("campaign", 1500);
    private static final int PATIENCE_MILLIS = 60_000;
    private static final List<String> PATHS = List.of("/v1/networks", "/v1/networks/x", "/v1/expressions", "/v1/exports", "/v1/evaluations",
            "/v1/datasets", "/v1/datasets/csv", "/v1/trainings", "/v1/trainings/x/cancel", "/v1/models", "/v1/models/x/predictions",
            "/v1/models/x/trajectories", "/v1/models/x/plot.svg?x=x:0:1", "/v1/trainings/x/loss.png?width=", "/v1/networks/x/expressions?equation=y", "/v2", "/v2/models/x/infer", "/v2/health/live", "/v2/models/x", "/actuator/health", "/problems", "/", "/error",
            "/v1/%00", "/v1//networks", "/v1/../v1/networks", "/v1/networks;a=b", "/v1/networks?pageToken=%ff", "/%zz", "*",
            "/v1/" + "a".repeat(3000), "/v1/datasets/00000000-0000-0000-0000-000000000000/data");
    private static final List<String> CREATING =
            List.of("/v1/networks", "/v1/expressions", "/v1/exports", "/v1/evaluations", "/v1/datasets", "/v1/trainings", "/v2/models/x/infer");
    private static final List<String> METHODS =
            List.of("POST", "POST", "POST", "POST", "GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "post");
    private static final List<String> TYPES = List.of("application/json", "application/json", "application/json",
            "application/json;charset=UTF-16", "application/merge-patch+json", "text/csv", "multipart/form-data",
            "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/plain", "a", ";", "*/*");
    private static final List<String> ACCEPTS = List.of("*/*", "application/json", "text/csv", "text/html", "a", "", ";q=2",
            "application/json;q=0", "text/event-stream");
    private static final List<String> BODIES = List.of(SEED_NETWORK, GAUSSIAN,
            "{\"network\": " + SEED_NETWORK + ", \"equations\": [\"D(z, x)\", \"z\"]}",
            "{\"network\": " + SEED_NETWORK + ", \"dataset\": " + GAUSSIAN + ", \"epochs\": 1, \"loss\": {\"equation\": \"z\"}}",
            "{\"inputs\": [[1, 2]], \"targets\": [[1]]}", "a,b\n1,2\n", "--x\r\nContent-Disposition: form-data; name=\"file\"; "
                    + "filename=\"f\"\r\n\r\na,b\n1,2\n\r\n--x--\r\n");
    private static final List<String> PARTS = List.of("null", "{}", "[]", "\"\"", "-0", "1e999", "1e-999", "9".repeat(400), "true",
            "\"\\ud800\"", "\"\\u0000\"", "\"\ud83d\ude00\"", "[[[[]]]]", "{\"a\": 1, \"a\": 2}", "NaN", "\"D(\"", "\"z^^2\"",
            "\"((((((((\"", "[".repeat(2000), "{\"a\":".repeat(1500), ",", "\\", "\u2028", "/*", "\"" + "x+".repeat(5000) + "x\"");

    private final Map<Integer, Integer> statuses = new TreeMap<>();

    @Test
    void everyRequestIsAnsweredAndNoneByAFaultOfTheService() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        for (int i = 0; i < REQUESTS; i++) {
            var random = new SplittableRandom(seed + i);
            byte[] request = request(random);
            int status = status(request);
            statuses.merge(status, 1, Integer::sum);
            assertThat(status).as("seed %s, request %s: %s", seed, i, new String(request, 0, Math.min(request.length, 2000),
                    ISO_8859_1)).matches(code -> code < 500 || code == 501 || code == 505);
        }
        System.out.println(statuses);
        assertThat(get("/v1/networks").status()).isEqualTo(200);
        assertThat(statuses).containsKeys(200, 201, 400, 404, 405, 406, 415, 422);
    }

    private static byte[] request(SplittableRandom random) {
        byte[] body = body(random);
        boolean isChunked = random.nextInt(5) == 0;
        // Most get as far as to be read.
        boolean isPlausible = random.nextInt(3) > 0;
        StringBuilder head = new StringBuilder(isPlausible ? "POST" : one(METHODS, random)).append(' ')
                .append(one(isPlausible ? CREATING : PATHS, random))
                .append(random.nextInt(50) == 0 ? " HTTP/7.1" : " HTTP/1.1").append("\r\nHost: localhost\r\nConnection: close\r\n")
                .append("Content-Type: ").append(isPlausible ? TYPES.getFirst() : one(TYPES, random))
                .append("\r\nAccept: ").append(isPlausible ? ACCEPTS.getFirst() : one(ACCEPTS, random)).append("\r\n");
        if (random.nextInt(10) == 0) {
            head.append("Prefer: wait=").append(random.nextInt(3) - 1).append("\r\nIf-None-Match: \"\r\nLast-Event-ID: x\r\n");
        }
        if (random.nextInt(8) == 0) {
            body = gzip(random.nextBoolean() ? body : new byte[1 << 22]);
            head.append("Content-Encoding: gzip\r\n");
        }
        head.append(isChunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length).append("\r\n\r\n");
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(UTF_8));
        if (isChunked) {
            int most = 1 + random.nextInt(Math.max(1, Math.min(body.length, 50)));
            for (int from = 0; from < body.length; from += most) {
                int length = Math.min(most, body.length - from);
                bytes.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(UTF_8));
                bytes.write(body, from, length);
                bytes.writeBytes("\r\n".getBytes(UTF_8));
            }
            bytes.writeBytes((random.nextInt(10) == 0 ? "zz\r\n\r\n" : "0\r\n\r\n").getBytes(UTF_8));
        } else {
            bytes.writeBytes(body);
        }
        return bytes.toByteArray();
    }

    /** A body that fits something, with parts of it replaced, left out or said twice. */
    private static byte[] body(SplittableRandom random) {
        StringBuilder text = new StringBuilder(one(BODIES, random));
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + random.nextInt(12));
            String part = random.nextInt(4) == 0 ? text.substring(from, to).repeat(2) : one(PARTS, random);
            text.replace(from, to, part);
        }
        byte[] bytes = text.toString().getBytes(random.nextInt(15) == 0 ? UTF_16 : random.nextInt(15) == 0 ? ISO_8859_1 : UTF_8);
        if (random.nextInt(10) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static String one(List<String> all, SplittableRandom random) {
        return all.get(random.nextInt(all.size()));
    }

    private static byte[] gzip(byte[] bytes) {
        var zipped = new ByteArrayOutputStream();
        try (var stream = new GZIPOutputStream(zipped)) {
            stream.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    /** The status of the answer; one that never comes fails. */
    private int status(byte[] request) {
        try (var client = new Socket(InetAddress.getLoopbackAddress(), port())) {
            client.setSoTimeout(PATIENCE_MILLIS);
            try {
                client.getOutputStream().write(request);
            } catch (SocketException e) {
                // Refused before it was read; the answer is there.
            }
            InputStream answer = client.getInputStream();
            String line = new String(answer.readNBytes(12), ISO_8859_1);
            assertThat(line).startsWith("HTTP/1.1 ");
            answer.skip(Long.MAX_VALUE);
            return Integer.parseInt(line.substring(9));
        } catch (IOException e) {
            throw new AssertionError(new String(request, 0, Math.min(request.length, 2000), ISO_8859_1), e);
        }
    }
}
