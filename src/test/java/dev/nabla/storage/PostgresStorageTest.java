package dev.nabla.storage;

class PostgresStorageTest extends StorageContract {

    PostgresStorageTest() {
        super(TestDatabase.POSTGRESQL);
    }
}
