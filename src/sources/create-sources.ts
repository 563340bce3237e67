import type { DirectoryContributor, DirectoryHolder } from '../directory/types.js';
import { PortsipSource, type PortsipSettings } from './portsip/portsip-source.js';
import type { PortsipRest } from './portsip/rest/portsip-rest.js';
import { SimulatorSource } from './simulator/simulator-source.js';
import type { EventSource, SourceLogger, SourceObserver } from './source.js';
import type { WazoRest } from './wazo/rest/wazo-rest.js';
import { WazoSource } from './wazo/wazo-source.js';

/** The settings of all sources; the composition root's settings fit. */
export interface SourceSettings {
  readonly sources: readonly ('wazo' | 'portsip' | 'simulator')[];
  readonly simulator: { readonly speed: number; readonly seed: number };
  readonly wazo:
    | {
        readonly amqpUrl: string;
        readonly exchange: string;
        readonly exchangeType: 'headers' | 'topic';
        readonly queue: string;
        readonly reorderWindowMs: number;
        readonly auditSeconds: number;
      }
    | undefined;
  readonly portsip: PortsipSettings | undefined;
}

export interface SourceParts {
  readonly settings: SourceSettings;
  readonly directory: DirectoryHolder & DirectoryContributor;
  /** Wazo's REST services, where the settings name them. */
  readonly wazoRest: WazoRest | undefined;
  /** PortSIP's REST API, where the settings name it. */
  readonly portsipRest: PortsipRest | undefined;
  readonly observer: SourceObserver;
  /** Told of sessions at wazo-auth that have ended, by their id. */
  readonly onSessionEnded: (id: string) => void;
  readonly logger: SourceLogger;
  readonly now: () => number;
}

/** Makes the sources that the settings name. */
export function createSources(parts: SourceParts): readonly EventSource[] {
  return parts.settings.sources.map((name) => createSource(name, parts));
}

function createSource(name: SourceSettings['sources'][number], parts: SourceParts): EventSource {
  const { settings, wazoRest, portsipRest, ...shared } = parts;
  switch (name) {
    case 'simulator':
      return new SimulatorSource({ ...shared, ...settings.simulator });
    case 'wazo':
      if (settings.wazo === undefined)
        throw new Error('the settings of the source wazo are missing');
      return new WazoSource({
        ...shared,
        ...settings.wazo,
        ...(wazoRest === undefined ? {} : { rest: wazoRest }),
      });
    case 'portsip':
      if (settings.portsip === undefined)
        throw new Error('the settings of the source portsip are missing');
      return new PortsipSource({
        ...shared,
        ...settings.portsip,
        ...(portsipRest === undefined ? {} : { rest: portsipRest }),
      });
  }
}
