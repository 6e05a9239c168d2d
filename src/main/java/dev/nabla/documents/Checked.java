package dev.nabla.documents;

import dev.nabla.problems.Problem;
import java.util.List;
import java.util.Set;

/** A document whose parts must fit each other. */
public interface Checked {

    /**
     * What does not fit, with pointers that begin at this document. Of these, reading leaves out those about a part that
     * is wrong by itself.
     *
     * @param wrong the fields that were given and are wrong by themselves, most of which were left out for that, or have holes
     */
    List<Problem> problems(Set<String> wrong);

    /**
     * The same where it makes a difference which fields were given.
     *
     * @param given the fields that were, right or wrong
     */
    default List<Problem> problems(Set<String> wrong, Set<String> given) {
        return problems(wrong);
    }
}
