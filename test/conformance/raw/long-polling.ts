import type { RawAnswer } from './http.js';
import { ALICE, http, negotiated } from './http.js';
import { HANDSHAKE, RS } from './records.js';

/** One Long Polling connection whose polls and posts the test makes one by one. */
export class RawPoller {
  readonly url: string;
  readonly id: string;

  constructor(url: string, id: string) {
    this.url = url;
    this.id = id;
  }

  poll(headers: Record<string, string> = ALICE): Promise<RawAnswer> {
    return http('GET', this.url, headers);
  }

  post(data: string | Uint8Array, headers: Record<string, string> = ALICE): Promise<RawAnswer> {
    return http('POST', this.url, headers, data);
  }

  delete(): Promise<RawAnswer> {
    return http('DELETE', this.url);
  }

  /** Polls until this many records came, giving them without separators. */
  async records(count: number): Promise<string[]> {
    const records: string[] = [];
    while (records.length < count) {
      const answer = await this.poll();
      if (answer.status !== 200) throw new Error(`The poll was answered ${answer.status}.`);
      records.push(...answer.body.split(RS).slice(0, -1));
    }
    return records;
  }
}

/** Negotiates and makes the first poll, which is answered at once. */
export async function openPoller(hub: string): Promise<RawPoller> {
  const { url, id } = await negotiated(hub);
  const poller = new RawPoller(url, id);
  const first = await poller.poll();
  if (first.status !== 200) throw new Error(`The first poll was answered ${first.status}.`);
  return poller;
}

/** The same, and shakes hands. */
export async function connectPoller(hub: string): Promise<RawPoller> {
  const poller = await openPoller(hub);
  await poller.post(HANDSHAKE);
  const [answer] = await poller.records(1);
  if (answer !== '{}') throw new Error(`The handshake was answered with ${answer}.`);
  return poller;
}
