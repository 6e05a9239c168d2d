package dev.nabla.storage;

class PostgresStoredFormsTest extends StoredFormsContract {

    PostgresStoredFormsTest() {
        super(TestDatabase.POSTGRESQL);
    }
}
