import type { Target } from './target.js';

const WITHOUT_CLOSE_FRAME =
  'ASP.NET Core takes a WebSocket that ends without a close frame for an orderly end. Ours tells the hub, which may want to know.';

const NOT_EVERY_TIME =
  'ASP.NET Core does this in most runs, but a connection whose socket is cut soon after its handshake sometimes neither comes back nor ends. Ours does it every time.';

/**
 * Behaviours that a kind of server does not show, by the test's name, each with the reason. What is
 * not here has to hold. Those of ASP.NET Core were seen with version 10.0.12.
 */
export const differences: Readonly<
  Partial<Record<Target['kind'], Readonly<Record<string, string>>>>
> = {
  aspnetcore: {
    '18: answers vary by origin':
      'ASP.NET Core sends no Vary with the one origin that the test server allows. Ours always does: caches may not mix origins.',
    '37: a TCP connection that is cut is a disconnect with an error': WITHOUT_CLOSE_FRAME,
    '37: a TCP connection that is reset is a disconnect with an error': WITHOUT_CLOSE_FRAME,
    '69: an unknown type is dropped':
      'ASP.NET Core keeps the connection, but reads nothing behind the unknown message any more, later frames included. Ours goes on.',
    '77: null members count as absent':
      'ASP.NET Core closes on null in headers or streamIds. Ours is friendlier: the Dart client sends null.',
    '73: an unknown method has its text':
      'ASP.NET Core answers "Failed to invoke \'Nope\' due to an error on the server. HubException: Method does not exist." Ours says what is wrong.',
    '75: void is a Completion without result':
      'ASP.NET Core writes "result":null for a method without a result; the protocol allows both. The JavaScript client gives null for the one and undefined for the other.',
    '92: a connection with traffic gets none':
      'ASP.NET Core pings by the clock, whatever else it sends. Ours spares the ping.',
    '99: a new socket gets Sequence and what was not acknowledged, once': NOT_EVERY_TIME,
    '99: with nothing pending Sequence is the next number': NOT_EVERY_TIME,
    '99: after the window the connection is unknown': NOT_EVERY_TIME,
    '99: a socket that the network has swallowed is replaced':
      'ASP.NET Core waits five seconds for the old socket, and the connection ends soon after. Ours changes over at once.',
    "99: somebody else's connection is not to be had":
      'ASP.NET Core refuses the stranger, but the live socket is closed with 1000 by his attempt. Ours leaves it alone.',
  },
};
