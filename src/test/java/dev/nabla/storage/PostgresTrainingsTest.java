package dev.nabla.storage;

class PostgresTrainingsTest extends TrainingsContract {

    PostgresTrainingsTest() {
        super(TestDatabase.POSTGRESQL);
    }
}
