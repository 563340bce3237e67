/**
 * Waits for parts that say goodbye to other systems, and no longer than that: one that is frozen
 * answers nothing, and must not keep the hub from parting with its clients. Never rejects.
 * @param ending promises of their ends
 */
export async function endInTime(
  ending: readonly Promise<void>[],
  withinMs: number,
  logger: { warn(fields: object, message: string): void },
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), withinMs);
  });
  const ended = await Promise.race([Promise.allSettled(ending), late]);
  clearTimeout(timer);
  if (ended === undefined)
    logger.warn({ withinMs }, 'a telephony system leaves a goodbye unanswered');
  for (const one of ended ?? []) {
    if (one.status === 'fulfilled') continue;
    const reason: unknown = one.reason;
    logger.warn({ err: reason }, 'a source ended by a fault');
  }
}
