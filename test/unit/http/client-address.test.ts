import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { clientAddress } from '../../../src/http/index.js';

function requestFrom(remoteAddress: string, forwardedFor: string): IncomingMessage {
  const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: remoteAddress });
  const request = new IncomingMessage(socket);
  request.headers['x-forwarded-for'] = forwardedFor;
  return request;
}

describe('where an upgrade comes from', () => {
  it.each([
    ['nobody is trusted', [], '10.0.0.1', '192.0.2.7', '10.0.0.1'],
    ['the proxy is trusted', ['10.0.0.0/8'], '10.0.0.1', '192.0.2.7', '192.0.2.7'],
    [
      'what a client made up stands before',
      ['10.0.0.1'],
      '10.0.0.1',
      '1.1.1.1, 192.0.2.7',
      '192.0.2.7',
    ],
    ['somebody else writes the header', ['10.0.0.1'], '203.0.113.5', '192.0.2.7', '203.0.113.5'],
  ])('%s', (_case, trusted, socket, header, address) => {
    expect(clientAddress(trusted)(requestFrom(socket, header))).toBe(address);
  });
});
