package dev.nabla.web.problems;

/** There is nothing with the id that a request names: 404. */
public final class NotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotFoundException(String kind, String id) {
        super("there is no " + kind + " '" + (id.length() > 100 ? id.substring(0, 100) + "…" : id) + "'");
    }
}
