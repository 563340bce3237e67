import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { FakePbx } from '../test/support/fake-portsip/fake-pbx.js';
import type { FakeTenant } from '../test/support/fake-portsip/model.js';
import type { PbxStory } from '../test/support/fake-portsip/pbx-story.js';

/*
 * A PortSIP PBX that plays a small contact center until it is interrupted, for those who want to see
 * the source work without a PBX: `npx tsx scripts/fake-portsip.ts`, then what it prints.
 */

/** Any that is free: another hub or PBX may run here, and what is printed names it. */
const DEFAULT_PORT = '0';
/** Between two steps of the story. */
const STEP_MS = 2_000;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: DEFAULT_PORT },
    directory: { type: 'string', default: 'fake-portsip-directory.json' },
  },
});

const pbx = await FakePbx.start({ port: Number(values.port) });
await writeFile(values.directory, `${JSON.stringify(directoryOf(pbx.tenant), undefined, 2)}\n`);
console.log(`A fake PortSIP PBX listens at ${pbx.wsiUrl} (REST at ${pbx.apiUrl}).
Wilma is the administrator of its tenant, ${pbx.tenant.domain}; the PBX's own is admin, admin-secret.
Start the hub beside it:

  export PORTSIP_WSI_URL=${pbx.wsiUrl} PORTSIP_TLS_INSECURE=true
  export PORTSIP_USERNAME=wilma PORTSIP_PASSWORD=user-200 PORTSIP_DOMAIN=${pbx.tenant.domain}
  export RTE_DIRECTORY=${values.directory}
  npm start

With PORTSIP_API_URL=${pbx.apiUrl} the hub reads the directory from the PBX, and the file may be left
out; but then nobody has a password of the hub. The users of ${values.directory} log in to the hub as wilma, mara, noor or otis with the password demo.
`);
const stopPlaying = play(pbx.story());
process.once('SIGINT', () => {
  stopPlaying();
  pbx.stop().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
});

/** Repeats the day of the contact center, one step at a time; the answer ends it. */
function play(story: PbxStory): () => void {
  const steps = day(story);
  const timer = setInterval(() => {
    const { value } = steps.next();
    console.log(`${new Date().toISOString()} ${value}`);
  }, STEP_MS);
  return () => clearInterval(timer);
}

/** Does what it then says, again and again. */
function* day(story: PbxStory): Generator<string, never> {
  for (;;) {
    story.setsPresence('201', 'ONLINE');
    yield 'mara is available';
    const answered = story.callerEnters('600', '33140506070', 'Ines');
    yield 'Ines calls Support and waits';
    story.rings(answered, '201');
    yield "mara's phone rings";
    story.answers(answered, '201');
    yield 'mara answers';
    const abandoned = story.callerEnters('601', '33142434445', 'Jules');
    yield 'Jules calls Sales and waits';
    story.leavesUnanswered(abandoned, 'hangup');
    yield 'Jules gives up';
    story.hangsUp(answered);
    yield 'Ines hangs up, mara wraps up';
    story.agentIs('201', 'READY');
    story.setsPresence('201', 'LUNCH', 'back at one');
    yield 'mara has lunch';
    story.goes('202', 'offline');
    yield "noor's phone is gone";
    story.goes('202', 'online');
    story.setsPresence('202', 'DO_NOT_DISTURB');
    yield "noor's phone is back, and noor wants no calls";
    story.setsPresence('202', 'ONLINE');
    yield 'noor is available';
  }
}

/** A directory file for the tenant; whoever plays with it logs in with the password `demo`. */
function directoryOf(tenant: FakeTenant): object {
  const organizationId = guid(0);
  const users = [...tenant.extensions.values()].map(({ number, username, displayName }) => ({
    id: guid(Number(number)),
    organizationId,
    userName: username,
    displayName,
    role: username === 'wilma' ? 'admin' : 'agent',
    password: 'demo',
    portsip: { extension: number },
  }));
  const queues = [...tenant.queues.values()].map(({ number, name, agents }) => ({
    id: guid(Number(number)),
    organizationId,
    name,
    number,
    members: [...agents.keys()].map((agent) => guid(Number(agent))),
    portsip: { queueNumber: number },
  }));
  return {
    organizations: [{ id: organizationId, name: tenant.name, portsip: { tenantId: tenant.id } }],
    users,
    queues,
    callLists: [],
  };
}

/** The same guid for the same number each time, so that clients may keep it. */
function guid(number: number): string {
  return `fa4e0000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
