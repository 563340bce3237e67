import { parseArgs } from 'node:util';
import { defineCommand, EXIT, type ExitCode, type OptionSpecs, UsageError } from './command.js';
import type { Io } from './io.js';
import { JSON_OPTION } from './json-output.js';
import { decimalNumber, wholeNumber } from './numbers.js';
import { checkEvents } from './publish/check-events.js';
import { type EventFile, eventFile } from './publish/events.js';
import { type Pace, recordedPace, steadyPace, unpaced } from './pace.js';
import { publishEvents } from './publish/publish-events.js';
import { reportCheck } from './publish/report.js';

const options = {
  rate: {
    type: 'string',
    value: 'N',
    meaning: 'events per second, evenly; without it as fast as RabbitMQ takes them',
  },
  speed: {
    type: 'string',
    value: 'X',
    meaning: 'instead: with the pauses of the recording, X times as fast; 1 is as it was',
  },
  repeat: {
    type: 'string',
    value: 'N',
    meaning: 'play the file N times, each time as new calls; 0 until Ctrl-C',
  },
  wait: { type: 'boolean', meaning: 'begin when a hub reads WAZO_QUEUE, up to a minute from now' },
  declare: {
    type: 'boolean',
    meaning: 'make the exchange where it is missing, on a broker that has no Wazo',
  },
  'as-recorded': {
    type: 'boolean',
    meaning: 'leave stamps and ids of calls alone: a hub that had these events before drops them',
  },
  'leave-out-faults': {
    type: 'boolean',
    meaning: 'publish what is right of a file with faulty lines; ends with 1 all the same',
  },
  check: { type: 'boolean', meaning: 'only check the file, without RabbitMQ' },
  json: JSON_OPTION,
} as const satisfies OptionSpecs;

const RATE = { min: 0.001, max: 1_000_000, unit: 'events per second' };
const SPEED = { min: 0.001, max: 1_000, unit: 'a factor' };
const TIMES = { min: 0, max: 1_000_000_000, unit: 'times' };

/** Publishes recorded events of Wazo's bus into RabbitMQ. */
export const publishCommand = defineCommand({
  name: 'publish',
  summary: "publish a file of events of Wazo's bus into RabbitMQ",
  usage: 'FILE|- [--rate N | --speed X] [--repeat N] [--wait] [--declare] [--check] [--json]',
  about: [
    'Publishes events, one JSON object a line, as Wazo does: to the exchange of WAZO_AMQP_URL, WAZO_EXCHANGE and WAZO_EXCHANGE_TYPE, with their top level as AMQP headers. A line is a message as it is on the bus, or just {"name": …, "data": {…}}. What is counted as published is confirmed by RabbitMQ.',
    '',
    'A file is checked as a whole before the first event is sent, against what the hub knows of each event; all faults are told with their line numbers, and nothing is published when there is one. What comes by standard input ends at the first faulty line. Stamps become the time of publishing, and ids of calls new ones, so that the hub takes an old recording for what happens now.',
  ].join('\n'),
  options,
  examples: [
    'rte-hub publish scripts/sample/answered-call.jsonl --wait --speed 1',
    'rte-hub publish scripts/sample/answered-call.jsonl --check',
    'rte-hub publish scripts/sample/answered-call.jsonl --rate 200 --repeat 0',
    'rte-hub publish - --declare < scripts/sample/answered-call.jsonl',
  ],
  read(args) {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [file, ...others] = positionals;
    if (file === undefined || others.length > 0) throw new UsageError('give one file, or -');
    const { rate, speed, repeat = '1', json = false, check = false } = values;
    if (rate !== undefined && speed !== undefined) throw new UsageError('give --rate or --speed');
    const times = wholeNumber('repeat', repeat, TIMES);
    return {
      name: file,
      paceFrom: paceOf(rate, speed),
      repeat: times === 0 ? Number.POSITIVE_INFINITY : times,
      waits: values.wait ?? false,
      declares: values.declare ?? false,
      isAsRecorded: values['as-recorded'] ?? false,
      leavesOutFaults: values['leave-out-faults'] ?? false,
      check,
      json,
    };
  },
  async run(given, io) {
    const file = await eventFile(given.name, io);
    if (given.repeat !== 1 && !file.isFile) {
      throw new UsageError('--repeat: only a file can be read several times');
    }
    const signal = io.interruption();
    if (given.check) return checkOnly(file, io, signal, given.json);
    return publishEvents({ ...given, file }, io, signal);
  },
});

function paceOf(rate: string | undefined, speed: string | undefined): (start: number) => Pace {
  if (rate !== undefined) {
    const perSecond = decimalNumber('rate', rate, RATE);
    return (start) => steadyPace(perSecond, start);
  }
  if (speed !== undefined) {
    const factor = decimalNumber('speed', speed, SPEED);
    return (start) => recordedPace(factor, start);
  }
  return () => unpaced;
}

async function checkOnly(
  file: EventFile,
  io: Io,
  signal: AbortSignal,
  json: boolean,
): Promise<ExitCode> {
  const checked = await checkEvents(file, false, io, signal);
  reportCheck(checked, json, io);
  return checked.faults.total === 0 ? EXIT.well : EXIT.failed;
}
