package dev.nabla.web.http;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose pages may call the API from a browser.
 *
 * @param allowedOrigins the origins, separated by commas, whose pages may call the API from a browser; `*` for all
 */
@ConfigurationProperties("nabla.cors")
public record AllowedOrigins(@DefaultValue List<String> allowedOrigins) {}
