/** The part of a queue's entry that tells its name in Asterisk. */
interface NamedQueue {
  readonly name?: string | undefined;
  readonly wazo?: { readonly queueName?: string | undefined } | undefined;
  readonly portsip?: unknown;
}

/** Asterisk's name of a queue; undefined for one that is said to be on a PortSIP PBX only. */
export function asteriskName({ name, wazo, portsip }: NamedQueue): string | undefined {
  if (portsip !== undefined && wazo === undefined) return undefined;
  return wazo?.queueName ?? name;
}
