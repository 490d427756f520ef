/** Where the page has what a finding of the first screen states. */
import type { PartName } from '../../lessons/parts.ts';
import type { LessonsState } from '../../state/lessons/lessons-store.ts';
import type { FindingId } from '../../state/summary/findings.ts';

/** The part of the page with its chart. */
export const FINDING_PARTS: Readonly<Record<FindingId, PartName>> = {
  'half-off': 'layers',
  average: 'landscape',
  'other-domains': 'domains',
  tasks: 'many-tasks',
  averaging: 'federated',
  clients: 'federated',
  price: 'curves',
};

/** The table of results states every finding. */
const STATES_ALL: PartName = 'summary';

/** Whether its tile may stand on the page: not where a teacher hides its chart, nor where it would tell what a lesson asks. */
export function isTold(
  id: FindingId,
  {
    teaching,
    concealed,
    covered,
  }: Pick<LessonsState, 'concealed' | 'covered'> & {
    readonly teaching: Pick<LessonsState['teaching'], 'hidden'>;
  },
): boolean {
  const asked = [...concealed, ...covered];
  return ![...teaching.hidden, ...asked].includes(FINDING_PARTS[id]) && !asked.includes(STATES_ALL);
}
