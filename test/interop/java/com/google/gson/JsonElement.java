package com.google.gson;

/** Of Gson's class of that name what the example uses. */
public class JsonElement {
  final Object value;

  JsonElement(Object value) {
    this.value = value;
  }

  public JsonObject getAsJsonObject() {
    return (JsonObject) this;
  }

  public String getAsString() {
    return String.valueOf(value);
  }
}
