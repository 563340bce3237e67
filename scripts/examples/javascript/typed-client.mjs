import { createRteClient } from 'rte-hub/client';

const url = process.argv[2] ?? 'http://127.0.0.1:8080';
const client = createRteClient({ url, credentials: { userName: 'demo', secret: 'demo' } });
client.on('QueueStatus', (queue) => console.log(queue.queueName, queue.nbrOfQueuingRequesters));
console.log(await client.start());
await client.subscribe([{ entityId: '*', eventName: 'QueueStatus' }]);
