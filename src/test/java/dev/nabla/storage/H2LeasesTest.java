package dev.nabla.storage;

class H2LeasesTest extends LeasesContract {

    H2LeasesTest() {
        super(TestDatabase.H2);
    }
}
