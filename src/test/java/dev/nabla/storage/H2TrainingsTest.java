package dev.nabla.storage;

class H2TrainingsTest extends TrainingsContract {

    H2TrainingsTest() {
        super(TestDatabase.H2);
    }
}
