package io.weir.traffic;

/** UTM parameters of a visit; {@code term} and {@code content} may be null. */
public record Campaign(String source, String medium, String name, String term, String content) {}
