import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'amqplib';
import { freePorts } from './free-ports.js';

/** Where Debian puts the script; the one in /usr/sbin switches to a user of its own. */
const SERVER = '/usr/lib/rabbitmq/bin/rabbitmq-server';

/** Whether this machine can run a private broker. */
export function canStartRabbitMq(): boolean {
  return existsSync(SERVER);
}

/** A RabbitMQ of our own, with a data folder of its own, on ports of its own. */
export class PrivateRabbitMq {
  readonly url: string;
  readonly #folder: string;
  readonly #environment: NodeJS.ProcessEnv;
  #process: ChildProcess | undefined;

  private constructor(folder: string, port: number, distributionPort: number) {
    this.url = `amqp://guest:guest@127.0.0.1:${String(port)}/`;
    this.#folder = folder;
    this.#environment = {
      ...process.env,
      HOME: folder,
      RABBITMQ_NODENAME: `rte-hub-test-${String(port)}@localhost`,
      RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
      RABBITMQ_NODE_PORT: String(port),
      RABBITMQ_DIST_PORT: String(distributionPort),
      RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
      RABBITMQ_LOG_BASE: join(folder, 'log'),
      RABBITMQ_PID_FILE: join(folder, 'pid'),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
      RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
      ERL_EPMD_ADDRESS: '127.0.0.1',
    };
  }

  /** Starts a broker and resolves when it takes connections. */
  static async start(): Promise<PrivateRabbitMq> {
    const folder = await mkdtemp(join(tmpdir(), 'rte-hub-rabbitmq-'));
    await mkdir(join(folder, 'log'));
    await writeFile(join(folder, 'enabled_plugins'), '[].\n');
    await writeFile(join(folder, 'rabbitmq.conf'), 'log.file.level = warning\n');
    const [port, distributionPort] = await freePorts();
    const broker = new PrivateRabbitMq(folder, port, distributionPort);
    await broker.resume();
    return broker;
  }

  /** Starts the stopped broker again, with its data and on its port. */
  async resume(): Promise<void> {
    const broker = spawn(SERVER, [], { env: this.#environment, stdio: 'ignore', detached: true });
    this.#process = broker;
    await this.#untilItTakesConnections(broker);
  }

  /** Ends the broker in good order; what was durable stays in its folder. */
  async pause(): Promise<void> {
    const broker = this.#process;
    this.#process = undefined;
    if (broker?.pid === undefined || broker.exitCode !== null) return;
    const ended = once(broker, 'exit');
    // The script has children; only the whole group ends it all.
    process.kill(-broker.pid, 'SIGTERM');
    await ended;
  }

  /** Ends the broker and removes its data. */
  async stop(): Promise<void> {
    await this.pause();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #untilItTakesConnections(broker: ChildProcess): Promise<void> {
    const connection = await connect(this.url, {
      recovery: { initialDelay: 200, factor: 1, initialMaxRetries: 200, waitForConnect: false },
    });
    // A refusal while the broker starts is what the retries are for.
    connection.on('error', () => undefined);
    const exited = once(broker, 'exit').then(([code]) => {
      throw new Error(`rabbitmq-server ended with code ${String(code)}; see ${this.#folder}/log`);
    });
    await Promise.race([connection.waitForConnect(), exited]);
    // The end of a broker that has come up is the test's business.
    exited.catch(() => undefined);
    await connection.close();
  }
}
