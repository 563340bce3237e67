import type { ServerResponse } from 'node:http';

/** What goes wrong with an answer of the REST API. */
export type RestMisbehaviour =
  /** Another status, with the PBX's body for errors or any other text. */
  | { readonly kind: 'status'; readonly status: number; readonly body?: string }
  /** 200 with a body that is none of the PBX's. */
  | { readonly kind: 'garbage'; readonly body: string }
  /** The connection is cut without an answer. */
  | { readonly kind: 'cut' }
  /** No answer ever. */
  | { readonly kind: 'hang' };

interface Fault {
  readonly path: RegExp;
  readonly misbehaviour: RestMisbehaviour;
  left: number;
}

/** The faults in force: the first that fits a request strikes. */
export class RestFaults {
  readonly #faults: Fault[] = [];

  /** @param times how many requests it strikes */
  add(path: RegExp, misbehaviour: RestMisbehaviour, times = Infinity): void {
    this.#faults.push({ path, misbehaviour, left: times });
  }

  clear(): void {
    this.#faults.length = 0;
  }

  /** True when a fault was the answer. */
  strike(path: string, response: ServerResponse): boolean {
    const fault = this.#faults.find((one) => one.left > 0 && one.path.test(path));
    if (fault === undefined) return false;
    fault.left -= 1;
    const { misbehaviour } = fault;
    switch (misbehaviour.kind) {
      case 'hang':
        break;
      case 'cut':
        response.destroy();
        break;
      case 'garbage':
        response.writeHead(200).end(misbehaviour.body);
        break;
      case 'status':
        response.writeHead(misbehaviour.status).end(misbehaviour.body ?? '<html>nginx</html>');
    }
    return true;
  }
}
