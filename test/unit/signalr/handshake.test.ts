import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { HandshakePhase } from '../../../src/signalr/hub/handshake-phase.js';
import type { HubProtocol } from '../../../src/signalr/protocol/hub-protocol.js';
import { jsonProtocol } from '../../../src/signalr/protocol/json-protocol.js';

const RS = '\u001e';
const binary: HubProtocol = { ...jsonProtocol, name: 'messagepack', transferFormat: 'binary' };

function phase(formats: readonly ('text' | 'binary')[] = ['text', 'binary']) {
  const protocols = [jsonProtocol, binary];
  return new HandshakePhase({ protocols, formats, maximumSize: 4_096, detailedErrors: false });
}

const push = (text: string) => phase().push(Buffer.from(text));

describe('handshake', () => {
  it.each([
    '{"protocol":"json","version":1}',
    '{"protocol":"json","version":2}',
    '{"protocol":"JSON","version":1}',
    '{"version":1,"protocol":"json","other":[{}]}',
    '{"protocol":"x","protocol":"json","version":1}',
    '{"protocol":"json","version":1} left over }{',
    '{"protocol":"json","version":1,"a":"}\\""}',
  ])('accepts %s', (text) => {
    expect(push(text + RS)).toMatchObject({ state: 'accepted', protocol: { name: 'json' } });
  });

  const malformed = 'An unexpected error occurred during connection handshake.';
  it.each([
    ['{"protocol":"xml","version":1}', "The protocol 'xml' is not supported."],
    [
      '{"protocol":"json","version":3}',
      "The server does not support version 3 of the 'json' protocol.",
    ],
    ['{"protocol":"json"}', malformed],
    ['{"version":1}', malformed],
    ['{"protocol":"json","version":"1"}', malformed],
    ['[]', malformed],
    ['', malformed],
    ['GET / HTTP/1.1', malformed],
    ['{"type":6}', malformed],
    [`{"protocol":"json","version":1,"pad":"${'x'.repeat(4_096)}"}`, 'Handshake was canceled.'],
  ])('refuses %.40s', (text, error) => {
    expect(push(text + RS)).toMatchObject({ state: 'refused', error });
  });

  it('is canceled when it grows over its limit without an end', () => {
    const canceled = { state: 'refused', error: 'Handshake was canceled.' };
    expect(push('x'.repeat(4_097))).toMatchObject(canceled);
  });

  it('refuses a binary protocol on a text transport', () => {
    const text = `{"protocol":"messagepack","version":1}${RS}`;
    expect(phase(['text']).push(Buffer.from(text))).toEqual({
      state: 'refused',
      error:
        "Cannot use the 'messagepack' protocol on the current transport. The transport does not support 'Binary' transfer format.",
    });
  });

  it('may come byte by byte and leaves what follows it', () => {
    const handshake = phase();
    const text = `{"protocol":"json","version":1}${RS}`;
    for (const byte of Buffer.from(text.slice(0, -1))) {
      expect(handshake.push(Buffer.of(byte))).toEqual({ state: 'incomplete' });
    }
    const rest = Buffer.from('{"type":6}');
    const last = handshake.push(Buffer.concat([Buffer.from(RS), rest]));
    expect(last).toMatchObject({ state: 'accepted', rest });
  });
});
