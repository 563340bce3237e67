import type { HttpClient } from '../http-client.js';
import { responseTo } from '../http-client.js';
import { failureOf, LoadError } from '../load-error.js';
import { EventStreamReader } from './event-stream-reader.js';
import { Posts } from './posts.js';
import type { Wire, WireTarget } from './wire.js';

/** Opens an event stream. @throws when the hub refuses it */
export async function openServerSentEvents(http: HttpClient, target: WireTarget): Promise<Wire> {
  const { url, headers, listener } = target;
  const request = http.open('GET', url, { ...headers, accept: 'text/event-stream' });
  request.end();
  const response = await responseTo(request);
  if (response.statusCode !== 200) {
    response.destroy();
    throw new LoadError(`event stream answered ${String(response.statusCode)}`);
  }
  let isOver = false;
  const end = (failure: string | undefined): void => {
    if (isOver) return;
    isOver = true;
    response.destroy();
    listener.closed(failure);
  };
  const reader = new EventStreamReader((data) => listener.received(data));
  response.on('data', (chunk: Buffer) => {
    try {
      reader.push(chunk);
    } catch (error) {
      end(failureOf(error));
    }
  });
  response.on('end', () => end(undefined));
  response.on('error', (error) => end(failureOf(error)));
  const posts = new Posts(http, target, end);
  return {
    send: (payload) => posts.send(payload),
    close() {
      isOver = true;
      response.destroy();
      return Promise.resolve();
    },
  };
}
