/** What is wrong with one field of a request. */
export interface FieldProblem {
  readonly field: string;
  readonly problem: string;
}

/** Why a request was not done, in words for people (RFC 9457). */
export interface Problem {
  /** The HTTP status; 0 when the hub was not reached. */
  readonly status: number;
  readonly title: string;
  readonly detail?: string | undefined;
  readonly errors?: readonly FieldProblem[] | undefined;
}

/** A request that was not done. Its message is the detail, or else the title. */
export class RestError extends Error {
  override readonly name = 'RestError';
  readonly status: number;
  readonly title: string;
  readonly detail: string | undefined;
  /** Every wrong field of the request. */
  readonly errors: readonly FieldProblem[];

  constructor({ status, title, detail, errors = [] }: Problem, options?: ErrorOptions) {
    super(detail ?? title, options);
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.errors = errors;
  }
}
