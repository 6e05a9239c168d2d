package dev.nabla;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hundred who follow a training, or {@code -Dcampaign=1000}: all see its end, and keep nobody from anything. */
class EventStreamsTest {

    private static final int STREAMS = Integer.getInteger("campaign", 200);
    private static final String NETWORK =
            "\"network\": {\"inputs\": [\"x\"], \"outputs\": [\"y\"], \"layers\": [{\"units\": 8}, {\"units\": 1}]}";

    @Test
    void whoeverFollowsSeesTheEndAndHoldsNobodyUp(@TempDir Path folder) throws Exception {
        List<Socket> followers = new ArrayList<>();
        try (ServiceProcess service = ServiceProcess.on(folder).start()) {
            String training = service.created("/v1/trainings", "{" + NETWORK + ", \"epochs\": 10000000, "
                    + "\"dataset\": {\"inputs\": [[1], [2]], \"targets\": [[1], [0]]}}").get("id").asString();
            for (int i = 0; i < STREAMS; i++) {
                var follower = new Socket(InetAddress.getLoopbackAddress(), service.port());
                follower.setSoTimeout(60_000);
                follower.getOutputStream().write(("GET /v1/trainings/" + training + "/events HTTP/1.1\r\nHost: localhost\r\n"
                        + "Connection: close\r\n\r\n").getBytes(UTF_8));
                followers.add(follower);
            }
            for (Socket follower : followers) {
                assertThat(follower.getInputStream().readNBytes(15)).asString(UTF_8).startsWith("HTTP/1.1 200");
            }
            long[] millis = LongStream.range(0, 50).map(_ -> {
                long before = System.nanoTime();
                assertThat(service.get("/actuator/health/liveness").status()).isEqualTo(200);
                return (System.nanoTime() - before) / 1_000_000;
            }).sorted().toArray();
            System.out.println("beside " + STREAMS + " streams liveness took " + millis[25] + ", at most " + millis[49] + " ms");
            assertThat(service.post("/v1/expressions", "{" + NETWORK + ", \"equations\": [\"D(y, x)\"]}").status()).isEqualTo(200);
            service.created("/v1/trainings/" + training + "/cancel", "");
            for (Socket follower : followers) {
                assertThat(follower.getInputStream().readAllBytes()).asString(UTF_8).contains("event:finished", "cancelled");
            }
        } finally {
            for (Socket follower : followers) {
                follower.close();
            }
        }
    }
}
