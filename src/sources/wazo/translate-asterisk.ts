import type { z } from 'zod';
import type { fullyBootedEvent, reloadEvent } from './ami-event.js';
import type { reloadProgressEvent } from './bus-event.js';
import { IRRELEVANT, resyncTriggered, type Translator } from './translation.js';

/** wazo-amid has logged in to an Asterisk that is ready: what came before is lost. */
export const asteriskBooted: Translator<z.infer<typeof fullyBootedEvent>> = (
  { Uptime: uptimeSeconds },
  { receivedAt: at },
) => resyncTriggered({ kind: 'asterisk-booted', at, uptimeSeconds });

/** Asterisk has re-read the configuration of a module, whoever asked for it. */
export const moduleReloaded: Translator<z.infer<typeof reloadEvent>> = (
  { Module: what },
  { receivedAt: at },
) => resyncTriggered({ kind: 'asterisk-reload', at, phase: 'completed', what });

/** wazo-sysconfd has Asterisk re-read its configuration. */
export const reloadProgressed: Translator<z.infer<typeof reloadProgressEvent>> = (
  { status: phase, command },
  { receivedAt: at },
) => {
  if (phase !== 'starting' && phase !== 'completed') return IRRELEVANT;
  return resyncTriggered({ kind: 'asterisk-reload', at, phase, what: command ?? '' });
};
