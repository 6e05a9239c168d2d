package dev.nabla.storage;

import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class H2StorageTest extends StorageContract {

    private final DataSource dataSource = emptyDatabase();

    @Override
    DataSource dataSource() {
        return dataSource;
    }

    @Override
    DataSource emptyDatabase() {
        return new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1");
    }

    @Override
    String vendor() {
        return "h2";
    }
}
