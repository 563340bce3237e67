/** The part of a pino logger that this room uses. */
export interface RteLogger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
