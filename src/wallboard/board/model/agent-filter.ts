import type { AgentGroup } from './agent-state.js';

/** Which agents are wanted. */
export interface AgentFilter {
  /** A part of the name, in any letter case. */
  readonly search: string;
  /** Only members of that queue. */
  readonly queueId: string | null;
  /** Only those in one of these groups; empty for all. */
  readonly groups: readonly AgentGroup[];
}

interface FilteredAgent {
  readonly id: string;
  readonly name: string;
  readonly queueIds: readonly string[];
}

/**
 * The agents that are wanted, in the order given.
 * @param groupOfAgent asked only where groups matter
 */
export function filterAgents<Agent extends FilteredAgent>(
  agents: readonly Agent[],
  { search, queueId, groups }: AgentFilter,
  groupOfAgent: (id: string) => AgentGroup,
): readonly Agent[] {
  const wanted = foldedName(search.trim());
  return agents.filter(
    ({ id, name, queueIds }) =>
      (wanted === '' || foldedName(name).includes(wanted)) &&
      (queueId === null || queueIds.includes(queueId)) &&
      (groups.length === 0 || groups.includes(groupOfAgent(id))),
  );
}

/** Without accents: who looks for "Chloe" means "Chloé" as well. */
function foldedName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();
}
