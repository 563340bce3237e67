/** Variables by name, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Something wrong or doubtful about one variable. */
export interface SettingFault {
  readonly name: string;
  /** What is wrong, with the value unless it is secret, and what to do. */
  readonly message: string;
}
