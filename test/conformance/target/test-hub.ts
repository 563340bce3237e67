import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { HubDefinition, HubUser } from '../../../src/signalr/index.js';
import { caseInsensitive, HubError, hubMethod } from '../../../src/signalr/index.js';
import { streamingMethods } from './test-hub-streams.js';
import type { Caller } from './watchers.js';
import { tellWatchers, WATCHERS } from './watchers.js';

const entity = caseInsensitive(z.object({ entityId: z.string(), displayName: z.string() }));

/** The hub that README.md describes; test/interop/aspnetcore/TestHub.cs is the same in C#. */
export const testHub: HubDefinition<HubUser> = {
  onConnected(caller) {
    tellWatchers(caller, 'connected', caller.connectionId);
    if (caller.query.get('greet') === '1') caller.send('welcome', caller.connectionId);
  },
  onDisconnected(caller, error) {
    tellWatchers(caller, 'disconnected', caller.connectionId, error !== undefined);
  },
  methods: {
    ...valueMethods(),
    ...sendingMethods(),
    ...streamingMethods(),
    Watch: hubMethod({ parameters: [], handler: (caller: Caller) => caller.join(WATCHERS) }),
    Abort: hubMethod({ parameters: [], handler: (caller: Caller) => caller.abort() }),
    WhoAmI: hubMethod({
      parameters: [],
      handler: ({ user, connectionId }: Caller) => ({ user: user.id, connectionId }),
    }),
    Secret: hubMethod({
      parameters: [],
      authorize: (caller: Caller) => caller.user.id === 'root',
      handler: () => 'secret',
    }),
  },
};

function valueMethods(): HubDefinition<HubUser>['methods'] {
  return {
    Echo: hubMethod({ parameters: [z.unknown()], handler: (_caller, value) => value }),
    Add: hubMethod({ parameters: [z.number(), z.number()], handler: (_caller, a, b) => a + b }),
    Bind: hubMethod({ parameters: [entity], handler: (_caller, bound) => bound }),
    Void: hubMethod({ parameters: [], handler: () => undefined }),
    Null: hubMethod({ parameters: [], handler: () => null }),
    Throw: hubMethod({
      parameters: [z.string()],
      handler: (_caller, text) => {
        throw new Error(text);
      },
    }),
    ThrowHubError: hubMethod({
      parameters: [z.string()],
      handler: (_caller, text) => {
        throw new HubError(text);
      },
    }),
    Delay: hubMethod({
      parameters: [z.number(), z.unknown()],
      handler: (_caller, milliseconds, value) => delay(milliseconds, value),
    }),
  };
}

function sendingMethods(): HubDefinition<HubUser>['methods'] {
  return {
    CallBack: hubMethod({
      parameters: [z.string(), z.number()],
      handler: (caller: Caller, target, times) => {
        for (let n = 1; n <= times; n += 1) caller.send(target, n);
      },
    }),
    Broadcast: hubMethod({
      parameters: [z.string(), z.unknown()],
      handler: (caller: Caller, target, value) => caller.clients.all().send(target, value),
    }),
    JoinGroup: hubMethod({
      parameters: [z.string()],
      handler: (caller: Caller, name) => caller.join(name),
    }),
    LeaveGroup: hubMethod({
      parameters: [z.string()],
      handler: (caller: Caller, name) => caller.leave(name),
    }),
    SendToGroup: hubMethod({
      parameters: [z.string(), z.string(), z.unknown()],
      handler: (caller: Caller, name, target, value) =>
        caller.clients.group(name).send(target, value),
    }),
    SendToUser: hubMethod({
      parameters: [z.string(), z.string(), z.unknown()],
      handler: (caller: Caller, id, target, value) => caller.clients.user(id).send(target, value),
    }),
    AskClient: hubMethod({
      parameters: [z.string(), z.unknown()],
      handler: (caller: Caller, target, value) => caller.invoke(target, value),
    }),
    AskInVain: hubMethod({
      parameters: [z.string()],
      handler: (caller: Caller, name) =>
        caller.invoke('unanswered').catch(() => tellWatchers(caller, 'rejected', name)),
    }),
  };
}
