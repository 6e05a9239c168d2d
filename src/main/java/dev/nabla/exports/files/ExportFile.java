package dev.nabla.exports.files;

/** A file to take away. */
public record ExportFile(String name, String text) {}
