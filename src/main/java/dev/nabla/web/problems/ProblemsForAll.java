package dev.nabla.web.problems;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Lets a problem be written whatever form the answer was to have. DispatcherServlet does the same for what fails within
 * it, but filters, which may know the handler and its forms already, ask for a problem by themselves.
 */
@Configuration
class ProblemsForAll implements WebMvcConfigurer {

    @Override
    public void extendHandlerExceptionResolvers(List<HandlerExceptionResolver> resolvers) {
        resolvers.addFirst((request, response, _, _) -> {
            forgetForm(request, response);
            return null;
        });
    }

    private static void forgetForm(HttpServletRequest request, HttpServletResponse response) {
        request.removeAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE);
        if (!response.isCommitted()) {
            response.setHeader(HttpHeaders.CONTENT_TYPE, null);
            response.resetBuffer();
        }
    }
}
