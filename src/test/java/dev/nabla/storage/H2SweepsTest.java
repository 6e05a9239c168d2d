package dev.nabla.storage;

class H2SweepsTest extends SweepsContract {

    H2SweepsTest() {
        super(TestDatabase.H2);
    }
}
