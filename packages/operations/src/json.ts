/** A value that JSON can carry. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject

/** A JSON object: the form in which arguments and results cross the wire. */
export interface JsonObject {
  [key: string]: JsonValue
}
