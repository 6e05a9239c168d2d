package dev.nabla.web.limits;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Whether who asked is still connected. Only the server itself sees that of a request whose body has come. */
@Component
final class Client implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private static final String ATTRIBUTE = Client.class.getName();

    /** To be called by the thread that the server gave to the request, as what is seen is the server's. */
    static BooleanSupplier isGone(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof BooleanSupplier gone ? gone : () -> false;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.addContextValves(new ValveBase(true) {
            @Override
            public void invoke(Request request, Response response) throws IOException, ServletException {
                request.setAttribute(ATTRIBUTE, (BooleanSupplier) () -> isGone(request.getCoyoteRequest()));
                getNext().invoke(request, response);
            }
        });
    }

    /** There is something to read but no byte: the end of the connection. Bytes would be the next request. */
    private static boolean isGone(org.apache.coyote.Request request) {
        return available(request, true) > 0 && available(request, false) == 0;
    }

    private static int available(org.apache.coyote.Request request, boolean isRead) {
        request.action(ActionCode.AVAILABLE, isRead);
        return request.getAvailable();
    }
}
