package dev.nabla.web.once;

import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/**
 * An answer as it is kept.
 *
 * @param body JSON
 */
record KeptAnswer(int status, Map<String, String> headers, byte[] body) {

    static KeptAnswer of(ResponseEntity<?> answer, JsonMapper json) {
        return new KeptAnswer(answer.getStatusCode().value(), answer.getHeaders().toSingleValueMap(),
                json.writeValueAsBytes(answer.getBody()));
    }

    ResponseEntity<byte[]> again() {
        var again = new HttpHeaders();
        headers.forEach(again::set);
        again.setContentType(MediaType.APPLICATION_JSON);
        return ResponseEntity.status(status).headers(again).body(body);
    }
}
