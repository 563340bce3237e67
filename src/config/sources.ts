/** The systems events can come from. */
export const SOURCE_NAMES = ['wazo', 'portsip', 'simulator'] as const;

/** A system that events come from. */
export type SourceName = (typeof SOURCE_NAMES)[number];

/** The sources in force: those named, else those whose address is known, else the simulator. */
export function sourcesOf(values: {
  readonly RTE_SOURCES?: readonly SourceName[] | undefined;
  readonly WAZO_AMQP_URL?: string | undefined;
  readonly PORTSIP_WSI_URL?: string | undefined;
}): readonly SourceName[] {
  if (values.RTE_SOURCES !== undefined) return values.RTE_SOURCES;
  const configured: SourceName[] = [];
  if (values.WAZO_AMQP_URL !== undefined) configured.push('wazo');
  if (values.PORTSIP_WSI_URL !== undefined) configured.push('portsip');
  return configured.length === 0 ? ['simulator'] : configured;
}
