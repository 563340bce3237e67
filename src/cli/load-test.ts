import { defineCommand, EXIT } from './command.js';
import { count, decimal } from './figures.js';
import type { Io } from './io.js';
import { loginOf, options, readArguments } from './load-test/arguments.js';
import { LoadFigures } from './load-test/load-figures.js';
import { requireLogins } from './load-test/logins.js';
import type { LoadPlan } from './load-test/plan.js';
import { reportLoad, reportLoadJson } from './load-test/report.js';
import { type LoadPhase, type LoadResult, runLoad } from './load-test/run-load.js';
import { missedBy } from './load-test/thresholds.js';
import { type ProgressState, startProgress } from './progress.js';

/** Puts load on a hub and reports how it bears it. */
export const loadTestCommand = defineCommand({
  name: 'load-test',
  summary: 'open many connections to a hub and report rates and delays',
  usage: 'URL --user NAME [--connections N] [--ramp N] [--seconds S] [OPTIONS]',
  about: [
    "Opens connections to the hub at URL, its base, subscribes, and measures: how fast it connects, events and bytes a second, delays from an event's stamp to its arrival, drops and failures. Lost connections come back as clients do. Ctrl-C ends it early with what was measured.",
    '',
    'Ends with 1 when a connection could not be made, or --max-p99 or --min-rate is missed. What happens on the hub meanwhile is up to you: the simulator with RTE_SIMULATOR_SPEED, or rte-hub publish with --rate.',
  ].join('\n'),
  options,
  examples: [
    'rte-hub load-test http://127.0.0.1:8080 --user demo --seconds 10',
    'rte-hub load-test http://localhost:8080 --user demo --ramp 20 --max-p99 250',
    "rte-hub load-test http://localhost:8080 --user demo --subscribe '*:User*'",
    'rte-hub load-test https://hub.example --allow-host hub.example --user demo',
  ],
  read: readArguments,
  async run({ plan: asked, values, thresholds, json }, io) {
    const plan = { ...asked, logins: await requireLogins(loginOf(values, io), io) };
    const result = await runWithProgress(plan, io);
    const missed = missedBy(result, plan, thresholds);
    if (json) reportLoadJson(result, plan, missed, io);
    else reportLoad(result, plan, missed, io);
    return missed.length === 0 ? EXIT.well : EXIT.failed;
  },
});

async function runWithProgress(plan: LoadPlan, io: Io): Promise<LoadResult> {
  const figures = new LoadFigures();
  const phase: LoadPhase = { name: 'connecting', tried: 0, measuringSince: 0 };
  const progress = startProgress(io, () => progressOf(plan, figures, phase));
  try {
    return await runLoad(plan, figures, phase, io.interruption());
  } finally {
    progress.stop();
  }
}

function progressOf(plan: LoadPlan, figures: LoadFigures, phase: LoadPhase): ProgressState {
  const ready = `${count(figures.ready)} of ${count(plan.connections)} connections`;
  switch (phase.name) {
    case 'connecting': {
      const failed =
        figures.failures.total > 0 ? `, ${count(figures.failures.total)} failures` : '';
      return { fraction: phase.tried / plan.connections, text: `connecting: ${ready}${failed}` };
    }
    case 'measuring': {
      const seconds = (performance.now() - phase.measuringSince) / 1000;
      const rate = decimal(figures.messages / Math.max(seconds, 0.001));
      return { fraction: seconds / plan.seconds, text: `measuring: ${ready}, ${rate} events/s` };
    }
    case 'closing':
      return { fraction: undefined, text: 'closing the connections' };
  }
}
