import { HubConnectionBuilder } from '@microsoft/signalr';

const hubAddress = process.argv[2] ?? 'http://127.0.0.1:8080';
const headers = { Authorization: `Basic ${btoa('demo:demo')}` };

// A token opens the hub for ten minutes, so each connection asks for one of its own.
async function logIn() {
  const answer = await fetch(`${hubAddress}/token/me/rte/`, { headers });
  if (!answer.ok) throw new Error(`the hub refuses the login: ${answer.status}`);
  return answer.json();
}

const { Url } = await logIn();
const hub = new HubConnectionBuilder()
  // With snapshot=1 the hub sends the present state of what one subscribes to.
  .withUrl(`${Url}?snapshot=1`, { accessTokenFactory: async () => (await logIn()).Token })
  .withAutomaticReconnect({ nextRetryDelayInMilliseconds: () => 1000 + Math.random() * 4000 })
  .build();

hub.on('MessageReceived', ({ data }) => console.log(data));

// Subscriptions end with their connection.
async function subscribe() {
  const results = await hub.invoke('Subscribe', [
    { EntityId: '*', EventName: 'QueueStatus' },
    { EntityId: '*', EventName: 'UserStatus' },
  ]);
  console.log('subscriptions:', results);
}
hub.onreconnected(subscribe);

await hub.start();
await subscribe();
