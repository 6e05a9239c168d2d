package dev.nabla.storage;

import com.google.common.base.Throwables;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** The database is out of reach, stops, or has too much to do: what failed for that may succeed later as it is. */
public final class Outage {

    /** Connection, transaction rolled back, resources, operator's intervention, system (SQLSTATE; PostgreSQL, appendix A). */
    private static final Set<String> CLASSES = Set.of("08", "40", "53", "57", "58");

    private Outage() {}

    /** Whether that is why something failed, and not the statement. */
    public static boolean isBehind(Throwable failure) {
        return Throwables.getCausalChain(failure).stream().anyMatch(Outage::tellsOfIt);
    }

    private static boolean tellsOfIt(Throwable failure) {
        return switch (failure) {
            case DataAccessResourceFailureException _, TransientDataAccessException _, RecoverableDataAccessException _,
                    CannotCreateTransactionException _, TransactionSystemException _ -> true;
            case SQLTransientException _, SQLRecoverableException _, SQLNonTransientConnectionException _ -> true;
            case SQLException sql -> sql.getSQLState() != null && sql.getSQLState().length() == 5
                    && CLASSES.contains(sql.getSQLState().substring(0, 2));
            default -> false;
        };
    }
}
