package dev.nabla.storage;

class PostgresSweepsTest extends SweepsContract {

    PostgresSweepsTest() {
        super(TestDatabase.POSTGRESQL);
    }
}
