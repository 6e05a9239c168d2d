package dev.nabla.storage;

class PostgresLeasesTest extends LeasesContract {

    PostgresLeasesTest() {
        super(TestDatabase.POSTGRESQL);
    }
}
