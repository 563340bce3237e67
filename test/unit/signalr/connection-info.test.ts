import { describe, expect, it } from 'vitest';
import { describeConnections } from '../../../src/signalr/hub/connection-info.js';
import {
  type ConnectionInfo,
  type HubUser,
  MessageTemplate,
  SharedMessage,
} from '../../../src/signalr/index.js';
import { settle } from './fakes.js';
import { connect, HANDSHAKE } from './hub-harness.js';
import { connectStateful } from './stateful-harness.js';

const template = new MessageTemplate({ target: 'M', constant: {}, slot: 'data', conflate: true });
const message = (value: unknown) => new SharedMessage({ value, label: 'E', expiresAt: 9_000 });

describe('what is told of a connection', () => {
  it('is nothing before the handshake, and nothing after the end', async () => {
    const { receive, hubConnection } = connect();
    expect(hubConnection.describe()).toBeUndefined();
    await receive(HANDSHAKE);
    expect(hubConnection.describe()).toMatchObject({ connectionId: 'c1' });
    hubConnection.abort();
    expect(hubConnection.describe()).toBeUndefined();
  });

  it('is who, how, since when and when last heard', async () => {
    const { receive, hubConnection, pass } = connect();
    await pass(2);
    await receive(HANDSHAKE);
    await pass(3);
    expect(hubConnection.describe()).toEqual({
      connectionId: 'c1',
      user: { id: 'u1' },
      transport: 'WebSockets',
      protocol: 'json',
      protocolVersion: 1,
      isStateful: false,
      connectedAt: 0,
      lastReceivedAt: 2_000,
      remoteAddress: '192.0.2.7',
      userAgent: 'test',
      outboundBytes: 0,
      outboundMessages: 0,
      messagesSent: 0,
      messagesDropped: 0,
      messagesConflated: 0,
    });
  });

  it('counts a poll as a sign of life', async () => {
    const { receive, hubConnection, connection, pass } = connect();
    await receive(HANDSHAKE);
    await pass(3);
    connection.renew({ id: 'u1' }, { remoteAddress: '192.0.2.8', userAgent: 'other' });
    await pass(1);
    expect(hubConnection.describe()).toMatchObject({
      lastReceivedAt: 3_000,
      remoteAddress: '192.0.2.8',
      userAgent: 'other',
    });
  });

  it('is what waits, and what became of what was queued', async () => {
    const { receive, hubConnection, transport, pass } = connect();
    await receive(HANDSHAKE);
    hubConnection.deliver(template, message(1));
    await settle();
    transport.block();
    for (const value of [2, 3, 4]) hubConnection.deliver(template, message(value));
    hubConnection.send('M', 5);
    const waiting = hubConnection.describe();
    expect(waiting).toMatchObject({ outboundMessages: 2, messagesSent: 1, messagesConflated: 2 });
    expect(waiting?.outboundBytes).toBeGreaterThan(40);
    await pass(9);
    transport.unblock();
    await settle();
    expect(hubConnection.describe()).toMatchObject({
      outboundBytes: 0,
      outboundMessages: 0,
      messagesDropped: 1,
      messagesConflated: 2,
    });
  });

  it('is that the client may come back, where that was agreed', async () => {
    const { hubConnection } = await connectStateful();
    expect(hubConnection.describe()).toMatchObject({ protocolVersion: 2, isStateful: true });
  });
});

describe('the list of connections', () => {
  it('has those of the users asked for, and leaves out what has ended meanwhile', async () => {
    const { receive, hubConnection } = connect();
    await receive(HANDSHAKE);
    const other = connect({}, {}, { id: 'u2' });
    await other.receive(HANDSHAKE);
    const gone = connect();
    await gone.receive(HANDSHAKE);
    const list = describeConnections<HubUser>(
      [hubConnection, other.hubConnection, gone.hubConnection],
      ({ id }) => id === 'u1',
    );
    gone.hubConnection.abort();
    const found: ConnectionInfo<HubUser>[] = [];
    for await (const info of list) found.push(info);
    expect(found.map(({ user }) => user.id)).toEqual(['u1']);
  });

  it('lets the event loop go on while it is long', async () => {
    const { receive, hubConnection } = connect();
    await receive(HANDSHAKE);
    let turns = 0;
    const count = (): void => {
      turns += 1;
      turn = setImmediate(count);
    };
    let turn = setImmediate(count);
    let found = 0;
    const list = describeConnections<HubUser>(
      Array.from({ length: 2_000 }, () => hubConnection),
      () => true,
    );
    for await (const { user } of list) found += user.id === 'u1' ? 1 : 0;
    clearImmediate(turn);
    expect(found).toBe(2_000);
    expect(turns).toBeGreaterThanOrEqual(7);
  });
});
