import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { missingDotnet } from '../../interop/dotnet-build.js';
import type { Rate } from './measurements.js';
import { broadcasts, echoes, handshakes, idleMemory } from './measurements.js';
import type { ServerProcess } from './server-process.js';
import { startDotnet, startNode } from './server-process.js';

/**
 * `npm run bench:signalr`: measures our server, bare `ws` and ASP.NET Core under the same load, and
 * writes the table into test/bench/README.md. Takes some three minutes; loopback only.
 */
const REPEATS = 3;
const README = new URL('../README.md', import.meta.url);
const [BEGIN, END] = ['<!-- signalr:begin -->', '<!-- signalr:end -->'];

const servers: readonly [string, () => Promise<ServerProcess>][] = [
  ['bare `ws`', () => startNode('./floor-server.ts')],
  ['rte-hub', () => startNode('./own-server.ts')],
  ...((await missingDotnet()) === undefined
    ? [['ASP.NET Core', startDotnet] satisfies [string, () => Promise<ServerProcess>]]
    : []),
];

type Row = readonly [string, (server: ServerProcess) => Promise<string[]>];
const rates = (name: string, measure: (server: ServerProcess) => Promise<Rate>): Row => [
  name,
  async (server) => {
    const runs: Rate[] = [];
    for (let n = 0; n < REPEATS; n += 1) runs.push(await measure(server));
    const perSecond = median(runs.map((run) => run.perSecond));
    const cpu = median(runs.map((run) => run.cpuPerMillion));
    return [`${Math.round(perSecond).toLocaleString('en')}/s`, `${cpu.toPrecision(3)} s`];
  },
];
const rows: readonly Row[] = [
  rates('handshake to first message', (server) => handshakes(server)),
  rates('echo invocations', (server) => echoes(server)),
  rates('broadcast to 1,000, every 25 ms, JSON', (server) => broadcasts(server, 'json', 25)),
  rates('broadcast to 1,000, every 25 ms, MessagePack', (server) =>
    broadcasts(server, 'messagepack', 25),
  ),
  rates('broadcast to 1,000, 100 at once, JSON', (server) => broadcasts(server, 'json', 0)),
  rates('broadcast to 1,000, 100 at once, MessagePack', (server) =>
    broadcasts(server, 'messagepack', 0),
  ),
  [
    'memory per idle connection, up to 10,000',
    async (server) => {
      const { perConnection, all } = await idleMemory(server);
      return [
        `${(perConnection / 2 ** 10).toFixed(1)} KiB`,
        `${Math.round(all / 2 ** 20)} MiB in all`,
      ];
    },
  ],
];

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Only our server speaks MessagePack here: see test/interop/README.md. */
const applies = (server: string, row: string): boolean =>
  !row.includes('MessagePack') || server === 'rte-hub';

async function measureAll(): Promise<string[][]> {
  const table: string[][] = [];
  for (const [row, measure] of rows) {
    const cells = [row];
    for (const [name, start] of servers) {
      const server = await start();
      const figures = applies(name, row) ? await measure(server) : ['', ''];
      await server.stop();
      cells.push(figures.filter((one) => one !== '').join(', ') || 'n/a');
      console.log(row, '|', name, '|', cells.at(-1));
    }
    table.push(cells);
  }
  return table;
}

const before = loadavg()[0] ?? 0;
const table = await measureAll();
const names = servers.map(([name]) => name);
const text = [
  BEGIN,
  `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB; load average before the run ${before.toFixed(2)}, load generator on the same machine, ASP.NET Core with its default settings. Rates are medians of ${REPEATS} runs; their second figure is the server's CPU seconds per million.`,
  '',
  `| | ${names.join(' | ')} |`,
  `| --- |${' --- |'.repeat(names.length)}`,
  ...table.map((cells) => `| ${cells.join(' | ')} |`),
  END,
].join('\n');
const readme = await readFile(README, 'utf8');
const [head = '', rest = ''] = readme.split(BEGIN);
await writeFile(README, `${head}${text}${rest.split(END)[1] ?? '\n'}`);
