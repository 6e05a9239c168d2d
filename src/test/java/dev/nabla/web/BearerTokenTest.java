package dev.nabla.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Tokens of an OpenID issuer: their subject is the owner. */
@TestPropertySource(properties =
        "spring.datasource.url=jdbc:h2:mem:tokens;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH")
class BearerTokenTest extends HttpTest {

    private static HttpServer issuer;
    private static RSAKey signing;

    @DynamicPropertySource
    static void startIssuer(DynamicPropertyRegistry properties) throws IOException, JOSEException {
        signing = new RSAKeyGenerator(2048).keyID("k").generate();
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("/.well-known/openid-configuration", "{\"issuer\": \"%1$s\", \"jwks_uri\": \"%1$s/keys\"}".formatted(address()));
        serve("/keys", new JWKSet(signing.toPublicJWK()).toString());
        issuer.start();
        properties.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", BearerTokenTest::address);
    }

    private static String address() {
        return "http://127.0.0.1:" + issuer.getAddress().getPort();
    }

    private static void serve(String path, String json) {
        issuer.createContext(path, exchange -> {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    @AfterAll
    static void stopIssuer() {
        issuer.stop(0);
    }

    private static String[] bearer(RSAKey key, String subject, String scope, String from, Instant expiry) throws JOSEException {
        var token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(), new JWTClaimsSet.Builder()
                .subject(subject).issuer(from).expirationTime(Date.from(expiry)).claim("scope", scope).build());
        token.sign(new RSASSASigner(key));
        return new String[] {"Authorization", "Bearer " + token.serialize()};
    }

    private static String[] bearer(String subject, String scope) throws JOSEException {
        return bearer(signing, subject, scope, address(), Instant.now().plusSeconds(60));
    }

    @Test
    void theSubjectOwnsWhatItMakes() throws JOSEException {
        String[] ada = bearer("auth0|ada", "openid");
        Answer created = post("/v1/networks", SEED_NETWORK, ada);
        assertThat(created.status()).isEqualTo(201);
        assertThat(get(created.header("Location"), bearer("auth0|ada", "")).status()).isEqualTo(200);
        assertThat(get(created.header("Location"), bearer("auth0|bob", "")).status()).isEqualTo(404);
        assertThat(get("/v1/keys", ada).status()).isEqualTo(403);
    }

    @Test
    void anAdministratorsScopeGivesOutKeysThatWorkBesideTokens() throws JOSEException {
        Answer key = post("/v1/keys", "{\"owner\": \"auth0|ada\"}", bearer("root", "openid nabla:admin"));
        assertThat(key.status()).isEqualTo(201);
        String[] ofKey = {"Authorization", "Bearer " + key.json().get("key").asString()};
        Answer created = post("/v1/networks", SEED_NETWORK, ofKey);
        assertThat(get(created.header("Location"), bearer("auth0|ada", "")).status()).isEqualTo(200);
    }

    @Test
    void whatTheIssuerHasNotSignedIsNoToken() throws JOSEException {
        RSAKey other = new RSAKeyGenerator(2048).keyID("k").generate();
        for (String[] header : new String[][] {{},
            bearer(other, "ada", "nabla:admin", address(), Instant.now().plusSeconds(60)),
            bearer(signing, "ada", "nabla:admin", "http://elsewhere", Instant.now().plusSeconds(60)),
            bearer(signing, "ada", "nabla:admin", address(), Instant.now().minusSeconds(600)),
            bearer("", ""), bearer("a b", ""), bearer("a".repeat(201), ""), bearer(null, ""),
            {"Authorization", "Bearer " + UUID.randomUUID()}}) {
            Answer answer = get("/v1/networks", header);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.json().get("type").asString()).isEqualTo("/problems/unauthenticated");
        }
    }
}
