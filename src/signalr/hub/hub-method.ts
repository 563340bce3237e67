import type { Authorize, HubCaller, HubMethod, HubUser, Schema } from './hub-definition.js';

/** What hub methods of both kinds declare: one schema per parameter gives the arguments their types. */
interface MethodDefinition<User extends HubUser, Args extends unknown[] | []> {
  readonly parameters: { readonly [K in keyof Args]: Schema<Args[K]> };
  /** Passes over arguments behind the declared ones, instead of refusing the call. */
  readonly ignoreExtraArguments?: boolean;
  /** How many of the last parameters may be left out; their schemas get undefined. */
  readonly optionalParameters?: number;
  /** Who may call the method; everybody unless told. */
  readonly authorize?: Authorize<User>;
}

/**
 * Declares a hub method. The handler's result (or what its promise gives) is the answer,
 * undefined being "void".
 */
export function hubMethod<User extends HubUser, Args extends unknown[] | []>(
  definition: MethodDefinition<User, Args> & {
    readonly handler: (caller: HubCaller<User>, ...args: Args) => unknown;
  },
): HubMethod<User> {
  return methodOf(definition, false);
}

/**
 * Declares a hub method that answers with a stream: each item is sent as the handler's iterable
 * gives it, and no faster than the client takes them. When the client cancels or leaves, the
 * caller's signal is aborted and the iterator's return() is called, which runs a generator's
 * `finally`; a generator that waits for something should wait with the signal.
 */
export function streamMethod<User extends HubUser, Args extends unknown[] | []>(
  definition: MethodDefinition<User, Args> & {
    readonly handler: (
      caller: HubCaller<User>,
      ...args: Args
    ) => AsyncIterable<unknown> | Promise<AsyncIterable<unknown>>;
  },
): HubMethod<User> {
  return methodOf(definition, true);
}

/**
 * A parameter for which the client sends a stream of items. The handler gets an iterable to be
 * read once; leaving it early drops the rest. Items are read as fast as the handler takes them:
 * above uploadBufferSize the whole connection waits. An item that `items` refuses, an error from
 * the client, or the end of the connection makes the iterable throw.
 */
export function uploadStream<T>(items: Schema<T>): Schema<AsyncIterable<T>> {
  return new UploadParameter(items);
}

class UploadParameter<T> implements Schema<AsyncIterable<T>> {
  readonly items: Schema<T>;

  constructor(items: Schema<T>) {
    this.items = items;
  }

  parse(): never {
    throw new TypeError('A stream is no argument.');
  }
}

function methodOf<User extends HubUser, Args extends unknown[] | []>(
  definition: MethodDefinition<User, Args> & {
    readonly handler: (caller: HubCaller<User>, ...args: Args) => unknown;
  },
  streams: boolean,
): HubMethod<User> {
  const { handler, authorize, ignoreExtraArguments = false, optionalParameters = 0 } = definition;
  const schemas: readonly Schema<unknown>[] = definition.parameters;
  const uploads = schemas.filter((schema) => schema instanceof UploadParameter);
  return {
    streams,
    authorize,
    uploads: uploads.map((parameter) => parameter.items),
    bind(given, streamed = []) {
      const most = schemas.length - uploads.length;
      checkCount(given.length, { least: most - optionalParameters, most, ignoreExtraArguments });
      const values = given.values();
      const streamValues = streamed.values();
      // Each value has passed the schema of its place; the compiler can't follow map() over a tuple.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      const args = schemas.map((schema) =>
        schema instanceof UploadParameter
          ? streamValues.next().value
          : schema.parse(values.next().value),
      ) as Args;
      return (caller) => handler(caller, ...args);
    },
  };
}

function checkCount(given: number, wanted: WantedCount): void {
  const { least, most, ignoreExtraArguments } = wanted;
  if (given >= least && (given <= most || ignoreExtraArguments)) return;
  const expected = least === most ? String(most) : `${least} to ${most}`;
  throw new TypeError(`Invocation provides ${given} argument(s) but target expects ${expected}.`);
}

interface WantedCount {
  readonly least: number;
  readonly most: number;
  readonly ignoreExtraArguments: boolean;
}
