import { describe, expect } from 'vitest';
import { call, record, RS } from '../raw/records.js';
import type { RawSocket } from '../raw/web-socket.js';
import { connect } from '../raw/web-socket.js';
import { ofHub, useTarget } from '../target/behaviour.js';
import { resultOf, textLike } from '../target/expectations.js';

useTarget();

const CLOSED_WITH_ERROR = {
  type: 7,
  error: textLike(/^Connection closed with an error\./),
  allowReconnect: true,
};

/** Sends something and looks at the one answer; the connection must live after it. */
async function answered(hub: string, sent: string, answer: object): Promise<void> {
  const socket = await connect(hub);
  socket.send(sent);
  expect(JSON.parse(await socket.next())).toEqual(answer);
  await lives(socket);
  socket.cut();
}

async function lives(socket: RawSocket): Promise<void> {
  socket.send(call('Echo', ['sentinel'], 'sentinel'));
  expect(JSON.parse(await socket.next())).toMatchObject({ result: 'sentinel' });
}

/** Sends something that costs the client its connection. */
async function closes(hub: string, sent: string): Promise<void> {
  const socket = await connect(hub);
  socket.send(sent);
  expect(JSON.parse(await socket.next())).toEqual(CLOSED_WITH_ERROR);
  await socket.closed;
}

const completion = (result: unknown) => ({ type: 3, invocationId: '1', result });
const failure = (error: unknown) => ({ type: 3, invocationId: '1', error });

describe('what is accepted', () => {
  ofHub(65, 'method names ignore case', (hub) =>
    answered(hub, call('eCHo', [1], '1'), completion(1)),
  );

  for (const payload of [
    { entityId: 'a', displayName: 'b' },
    { EntityId: 'a', DisplayName: 'b' },
  ]) {
    ofHub(66, `payloads bind as ${Object.keys(payload).join()}`, (hub) =>
      answered(hub, call('Bind', [payload], '1'), completion({ entityId: 'a', displayName: 'b' })),
    );
  }

  ofHub(67, 'properties come in any order', (hub) =>
    answered(
      hub,
      `{"arguments":[1],"invocationId":"1","target":"Echo","type":1}${RS}`,
      completion(1),
    ),
  );

  ofHub(68, 'unknown properties are skipped', (hub) =>
    answered(
      hub,
      `{"x":{"type":7},"type":1,"target":"Echo","y":[[]],"invocationId":"1","arguments":[1]}${RS}`,
      completion(1),
    ),
  );

  ofHub(69, 'an unknown type is dropped', (hub) =>
    answered(hub, `{"type":42}${RS}${call('Echo', [1], '1')}`, completion(1)),
  );

  ofHub(77, 'null members count as absent', (hub) =>
    answered(
      hub,
      record({
        type: 1,
        headers: null,
        streamIds: null,
        invocationId: '1',
        target: 'Echo',
        arguments: [1],
      }),
      completion(1),
    ),
  );

  ofHub(84, 'cancelling an unknown stream is harmless', (hub) =>
    answered(hub, record({ type: 5, invocationId: '9' }) + call('Echo', [1], '1'), completion(1)),
  );

  ofHub(88, 'items and completions of nobody are ignored', (hub) =>
    answered(
      hub,
      record({ type: 2, invocationId: '9', item: 1 }) +
        record({ type: 3, invocationId: '9' }) +
        call('Echo', [1], '1'),
      completion(1),
    ),
  );
});

describe('what is answered', () => {
  for (const args of [[], [1, 2]]) {
    ofHub(72, `${args.length} arguments for one fail the call only`, (hub) =>
      answered(
        hub,
        call('Bind', args, '1'),
        failure(textLike(/^Failed to invoke 'Bind' due to an error on the server\./)),
      ),
    );
  }

  ofHub(72, 'an argument of the wrong type fails the call only', (hub) =>
    answered(
      hub,
      call('Add', ['x', {}], '1'),
      failure(textLike(/^Failed to invoke 'Add' due to an error on the server\./)),
    ),
  );

  ofHub(73, 'an unknown method has its text', (hub) =>
    answered(hub, call('Nope', [], '1'), failure("Unknown hub method 'Nope'")),
  );

  ofHub(73, 'without an id nothing is answered, whatever goes wrong', async (hub) => {
    const socket = await connect(hub);
    const faulty = [call('Nope', []), call('Throw', ['x']), call('Add', ['x']), call('Secret', [])];
    socket.send(faulty.join(''));
    await lives(socket);
    socket.cut();
  });

  ofHub(74, 'the text of a hub error reaches the caller', (hub) =>
    answered(
      hub,
      call('ThrowHubError', ['for a reason'], '1'),
      failure(
        "An unexpected error occurred invoking 'ThrowHubError' on the server. HubException: for a reason",
      ),
    ),
  );

  ofHub(74, 'that of another error does not', (hub) =>
    answered(
      hub,
      call('Throw', ['secret of the server'], '1'),
      failure("An unexpected error occurred invoking 'Throw' on the server."),
    ),
  );

  ofHub(75, 'void is a Completion without result', (hub) =>
    answered(hub, call('Void', [], '1'), { type: 3, invocationId: '1' }),
  );

  ofHub(76, 'null is a result', (hub) => answered(hub, call('Null', [], '1'), completion(null)));

  ofHub(78, 'an outgoing call has no invocationId', async (hub) => {
    const socket = await connect(hub);
    socket.send(call('CallBack', ['hi', 1], '1'));
    expect(JSON.parse(await socket.next())).toEqual({ type: 1, target: 'hi', arguments: [1] });
    socket.cut();
  });

  ofHub(79, 'calls are done one after the other', async (hub) => {
    const socket = await connect(hub);
    const delays = [60, 30, 0, 10];
    socket.send(delays.map((delay) => call('Delay', [delay, delay], String(delay))).join(''));
    const results = [];
    for (const _ of delays) results.push(resultOf(await socket.next()));
    expect(results).toEqual(delays);
    socket.cut();
  });
});

describe('what closes the connection', () => {
  ofHub(70, 'a message without type', (hub) =>
    closes(hub, `{"target":"Echo","arguments":[]}${RS}`),
  );

  for (const text of [
    '{"type":1',
    'garbage',
    '[]',
    '"text"',
    '{"type":"1","target":"Echo","arguments":[1]}',
    '{"type":1,"target":5,"arguments":[]}',
    '{"type":1,"arguments":[1],"invocationId":"1"}',
    '{"type":1,"target":"Echo","invocationId":"1"}',
    '{"type":1,"target":"Echo","arguments":{},"invocationId":"1"}',
    '{"type":1,"target":"Echo","arguments":[1],"invocationId":1}',
    '{"type":2,"item":1}',
    '{"type":3}',
    '{"type":3,"invocationId":"1","result":1,"error":"both"}',
    '{"type":4,"target":"StreamCount","arguments":[1]}',
    '{"type":5}',
  ]) {
    ofHub(71, text, (hub) => closes(hub, text + RS));
  }

  ofHub(71, 'and the server lives on', async (hub) => {
    await lives(await connect(hub));
  });

  ofHub(80, '32,768 bytes pass, one more does not', async (hub) => {
    const socket = await connect(hub);
    socket.send(ofSize(32_768));
    expect(JSON.parse(await socket.next())).toMatchObject({ invocationId: '1' });
    socket.send(ofSize(32_769));
    expect(JSON.parse(await socket.next())).toEqual(CLOSED_WITH_ERROR);
    await socket.closed;
  });

  ofHub(81, 'good messages before an oversized one are answered', async (hub) => {
    const socket = await connect(hub);
    socket.send(call('Echo', [1], 'a') + call('Echo', [2], 'b') + ofSize(32_769));
    expect(JSON.parse(await socket.next())).toMatchObject({ result: 1 });
    expect(JSON.parse(await socket.next())).toMatchObject({ result: 2 });
    expect(JSON.parse(await socket.next())).toEqual(CLOSED_WITH_ERROR);
  });
});

/** An Echo call of exactly so many bytes. */
function ofSize(size: number): string {
  return call('Echo', ['x'.repeat(size - call('Echo', [''], '1').length)], '1');
}
