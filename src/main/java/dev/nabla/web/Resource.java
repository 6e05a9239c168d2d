package dev.nabla.web;

import dev.nabla.documents.Document;
import dev.nabla.documents.LabelPatch;
import dev.nabla.storage.Filter;
import dev.nabla.storage.InUseException;
import dev.nabla.storage.Owned;
import dev.nabla.storage.Stored;
import dev.nabla.web.problems.NotFoundException;
import dev.nabla.web.problems.PreconditionFailedException;
import java.util.List;
import java.util.function.Function;

/**
 * A kind of what is stored: got, listed, relabelled and deleted by the same rules, whatever it is.
 *
 * @param kind what one of them is called
 * @param response the answer to GET
 */
public record Resource<S extends Stored, F extends Filter, R>(String kind, Owned<S, F> stored,
        Function<S, R> response) {

    /** @throws NotFoundException if nothing has this id */
    public S require(String id) {
        return Ids.require(kind, id, stored::find);
    }

    /** @throws NotFoundException if nothing has this id */
    public R get(String id) {
        return response.apply(require(id));
    }

    /** @param filter read from the query */
    public PageResponse<R> list(Query query, Paging paging, F filter) {
        return PageResponse.of(query, List.of(kind + "s", filter), paging,
                (after, size) -> stored.list(filter, after, size), response);
    }

    /**
     * Changes name and tags.
     *
     * @throws NotFoundException if nothing has this id
     * @throws PreconditionFailedException if it is not (any more) what the client has seen
     */
    public R relabel(String id, Document<LabelPatch> patch, IfMatch ifMatch) {
        return ifMatch.change(kind, id, stored::hold, response,
                found -> stored.relabel(found, patch.valid()::of)).map(response).orElseThrow();
    }

    /**
     * Deletes it.
     *
     * @throws NotFoundException if nothing has this id
     * @throws PreconditionFailedException if it is not (any more) what the client has seen
     * @throws InUseException if something else refers to it, or it is not finished
     */
    public void delete(String id, IfMatch ifMatch) {
        ifMatch.change(kind, id, stored::hold, response, stored::delete);
    }
}
