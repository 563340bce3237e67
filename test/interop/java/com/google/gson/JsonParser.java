package com.google.gson;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Of Gson's class of that name what the example uses. Reads what the hub writes: no faults expected. */
public final class JsonParser {
  private final String text;
  private int at = 0;

  private JsonParser(String text) {
    this.text = text;
  }

  public static JsonElement parseString(String json) {
    Object value = parse(json);
    return value instanceof Map ? new JsonObject((Map<?, ?>) value) : new JsonElement(value);
  }

  /** Maps, lists, strings, doubles, booleans and null. Not of Gson: for the stand-in of SignalR. */
  public static Object parse(String json) {
    return new JsonParser(json).value();
  }

  private Object value() {
    char next = peek();
    if (next == '{') return object();
    if (next == '[') return array();
    if (next == '"') return string();
    int begin = at;
    while (at < text.length() && ",]}".indexOf(text.charAt(at)) < 0) at++;
    String word = text.substring(begin, at).trim();
    if (word.equals("null")) return null;
    if (word.equals("true") || word.equals("false")) return Boolean.valueOf(word);
    return Double.valueOf(word);
  }

  private Map<String, Object> object() {
    Map<String, Object> members = new LinkedHashMap<>();
    take('{');
    while (peek() != '}') {
      String name = string();
      take(':');
      members.put(name, value());
      if (peek() == ',') take(',');
    }
    take('}');
    return members;
  }

  private List<Object> array() {
    List<Object> items = new ArrayList<>();
    take('[');
    while (peek() != ']') {
      items.add(value());
      if (peek() == ',') take(',');
    }
    take(']');
    return items;
  }

  private String string() {
    take('"');
    StringBuilder read = new StringBuilder();
    while (text.charAt(at) != '"') {
      char c = text.charAt(at++);
      read.append(c == '\\' ? escaped() : c);
    }
    take('"');
    return read.toString();
  }

  private char escaped() {
    char c = text.charAt(at++);
    if (c == 'u') {
      at += 4;
      return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }
    int control = "bfnrt".indexOf(c);
    return control < 0 ? c : "\b\f\n\r\t".charAt(control);
  }

  private char peek() {
    while (Character.isWhitespace(text.charAt(at))) at++;
    return text.charAt(at);
  }

  private void take(char expected) {
    if (peek() != expected) throw new IllegalStateException("no " + expected + " at " + at);
    at++;
  }
}
