/** Where the room writes to; the fields come first. */
export interface CallbackLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
