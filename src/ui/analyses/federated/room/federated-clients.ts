/** The number of clients that the next study has. */
import { USUAL_FEDERATED } from '../../../../study/analyses/federated/settings.ts';
import type { StudyState } from '../../../../state/study/study-store.ts';

export const clientsOf = ({ config, underWay }: Pick<StudyState, 'config' | 'underWay'>): number =>
  ((underWay ?? config).analyses.federated ?? USUAL_FEDERATED).clients;

export const isFederated = ({ config, underWay }: Pick<StudyState, 'config' | 'underWay'>): boolean =>
  (underWay ?? config).analyses.federated?.enabled ?? false;
