import { loadSettings, readEnvironment } from '../../config/index.js';
import { CommandError } from '../command.js';
import type { Io } from '../io.js';

/** Where events are published, and who reads them. */
export interface BusSettings {
  /** May contain a password. */
  readonly amqpUrl: string;
  readonly exchange: string;
  readonly exchangeType: 'headers' | 'topic';
  /** The hub's queue. */
  readonly queue: string;
}

const NAMES = ['WAZO_AMQP_URL', 'WAZO_EXCHANGE', 'WAZO_EXCHANGE_TYPE', 'WAZO_QUEUE'] as const;

/**
 * The settings of the bus alone: who publishes need not be set up as a hub, with a directory and
 * sources.
 * @throws CommandError when there is no WAZO_AMQP_URL, or one of them is wrong
 */
export function requireBusSettings(io: Io): BusSettings {
  const environment = readEnvironment(io.env, io.folder);
  const given = Object.fromEntries(NAMES.map((name) => [name, environment[name]]));
  if ((given['WAZO_AMQP_URL'] ?? '') === '') {
    throw new CommandError(
      'WAZO_AMQP_URL is not set: give the address of RabbitMQ, for instance WAZO_AMQP_URL=amqp://guest:guest@127.0.0.1:5672/',
    );
  }
  const loaded = loadSettings({ ...given, RTE_SOURCES: 'wazo', RTE_DIRECTORY: 'not read' });
  if (loaded.ok && loaded.settings.wazo !== undefined) return loaded.settings.wazo;
  const faults = loaded.ok ? [] : loaded.faults.map(({ message }) => `  ${message}`);
  throw new CommandError(['The settings are wrong:', ...faults].join('\n'));
}
