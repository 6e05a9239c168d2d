package dev.nabla.storage;

class H2StorageTest extends StorageContract {

    H2StorageTest() {
        super(TestDatabase.H2);
    }
}
