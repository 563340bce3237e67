package com.google.gson;

import java.util.Map;

/** Of Gson's class of that name what the example uses. */
public final class JsonObject extends JsonElement {
  private final Map<?, ?> members;

  JsonObject(Map<?, ?> members) {
    super(members);
    this.members = members;
  }

  /** Null when there is no such member, as Gson has it. */
  public JsonElement get(String name) {
    return members.containsKey(name) ? new JsonElement(members.get(name)) : null;
  }
}
