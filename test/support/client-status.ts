import type { ClientStatus, RteClient } from '../../src/client/index.js';

type Of<State extends ClientStatus['state']> = Extract<ClientStatus, { state: State }>;

/** Resolves with the client's status once it is that. */
export function statusIs<State extends ClientStatus['state']>(
  client: RteClient,
  state: State,
): Promise<Of<State>> {
  return new Promise((resolve) => {
    const check = (status: ClientStatus): void => {
      if (!isIn(status, state)) return;
      stop();
      resolve(status);
    };
    const stop = client.onStatus(check);
    check(client.status);
  });
}

function isIn<State extends ClientStatus['state']>(
  status: ClientStatus,
  state: State,
): status is Of<State> {
  return status.state === state;
}
