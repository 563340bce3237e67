import { fullyBootedEvent, markerUserEvent, reloadEvent } from './ami-event.js';
import type { BusEnvelope } from './bus-envelope.js';
import { reloadProgressEvent } from './bus-event.js';
import {
  IRRELEVANT,
  readData,
  resyncTriggered,
  type Translation,
  type TranslationContext,
} from './translation.js';

type Context = Pick<TranslationContext, 'receivedAt'>;

/** wazo-amid has logged in to an Asterisk that is ready: what came before is lost. */
export function asteriskBooted(envelope: BusEnvelope, { receivedAt: at }: Context): Translation {
  const { Uptime: uptimeSeconds } = readData(envelope, fullyBootedEvent);
  return resyncTriggered({ kind: 'asterisk-booted', at, uptimeSeconds });
}

/** Asterisk has re-read the configuration of a module, whoever asked for it. */
export function moduleReloaded(envelope: BusEnvelope, { receivedAt: at }: Context): Translation {
  const { Module: what } = readData(envelope, reloadEvent);
  return resyncTriggered({ kind: 'asterisk-reload', at, phase: 'completed', what });
}

/** wazo-sysconfd has Asterisk re-read its configuration. */
export function reloadProgressed(envelope: BusEnvelope, { receivedAt: at }: Context): Translation {
  const { status: phase, command } = readData(envelope, reloadProgressEvent);
  if (phase !== 'starting' && phase !== 'completed') return IRRELEVANT;
  return resyncTriggered({ kind: 'asterisk-reload', at, phase, what: command ?? '' });
}

/** The hub's own mark has come round. */
export function markerSeen(envelope: BusEnvelope, { receivedAt: at }: Context): Translation {
  const { Nonce: nonce } = readData(envelope, markerUserEvent);
  return resyncTriggered({ kind: 'marker', at, nonce });
}
