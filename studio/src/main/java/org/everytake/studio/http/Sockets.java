package org.everytake.studio.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Predicate;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;

/** A WebSocket endpoint that needs Jetty's own interface, to hear pongs for instance: adds its path to the server. */
@FunctionalInterface
public interface Sockets {
    /** @param trusted whether a request comes from our own pages or from a program; others are to be turned away */
    void addTo(ServletContextHandler context, Predicate<HttpServletRequest> trusted);
}
