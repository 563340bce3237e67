import { describe, expect, it } from 'vitest';
import { settle } from './fakes.js';
import { connect, HANDSHAKE, RS } from './hub-harness.js';

describe('hub connection: time', () => {
  it('pings when nothing was written for 15 s, and not before', async () => {
    const { receive, pass, sent, hubConnection } = connect();
    await receive(HANDSHAKE);
    await pass(14);
    hubConnection.send('traffic');
    await settle();
    await pass(14);
    expect(sent().slice(1)).toEqual(['{"type":1,"target":"traffic","arguments":[]}']);
    await pass(1);
    expect(sent().at(-1)).toBe('{"type":6}');
  });

  it('a client that never pings lives on, however long it is silent', async () => {
    const { receive, pass, transport } = connect();
    await receive(HANDSHAKE);
    await pass(300);
    expect(transport.closeCode).toBeUndefined();
  });

  it('a client that pinged once is closed after 30 s of silence, whatever we send', async () => {
    const { receive, pass, lastSent } = connect();
    await receive(`${HANDSHAKE}{"type":6}${RS}`);
    await pass(30);
    expect(lastSent()).toBe('{"type":6}');
    await pass(1);
    expect(lastSent()).toBe(
      '{"type":7,"error":"Connection closed with an error.","allowReconnect":true}',
    );
  });

  it('any received byte counts as a sign of life', async () => {
    const { receive, pass, transport } = connect();
    await receive(`${HANDSHAKE}{"type":6}${RS}`);
    await pass(29);
    await receive('{');
    await pass(29);
    expect(transport.closeCode).toBeUndefined();
  });

  it.each([
    [true, '{"type":7,"allowReconnect":true}'],
    [false, '{}'],
  ])('the token runs out, with closeOnAuthenticationExpiration %s', async (on, last) => {
    const option = { closeOnAuthenticationExpiration: on };
    const { receive, pass, lastSent } = connect({}, option, { id: 'u1', expiresAt: 5_000 });
    await receive(HANDSHAKE);
    await pass(5);
    expect(lastSent()).toBe(last);
  });
});
