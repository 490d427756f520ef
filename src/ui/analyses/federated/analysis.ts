import type { FederatedResult, FederatedRun } from '../../../study/analyses/federated/result.ts';
import { clientArms, clientSteps, USUAL_FEDERATED } from '../../../study/analyses/federated/settings.ts';
import { lazily } from '../../lazily.tsx';
import { ANNOUNCED_WORDS } from '../announced/messages.ts';
import { contentOf, type ResultContent, type ShownAnalysis } from '../../results/figure.ts';

const FederatedFigures: ResultContent = lazily(async () => (await import('./FederatedFigures.tsx')).FederatedFigures);

/** Embedded frames show its charts individually. */
const RoundsFigure: ResultContent = lazily(async () => (await import('./RoundsFigure.tsx')).RoundsFigure);
const ErrorFigure: ResultContent = lazily(async () => (await import('./ErrorFigure.tsx')).ErrorFigure);
const AttendanceFigure: ResultContent = lazily(async () => (await import('./AttendanceFigure.tsx')).AttendanceFigure);
const ClientsFigure: ResultContent = lazily(async () => (await import('./ClientsFigure.tsx')).ClientsFigure);

/** Trainings whose clients were devices of their own. */
const attended = (federated: FederatedResult | undefined): readonly FederatedRun[] =>
  federated?.runs.filter(({ attendance }) => attendance !== undefined) ?? [];

export const FEDERATED = {
  id: 'federated',
  figures: [
    {
      part: 'federated',
      Content: FederatedFigures,
      fills: ({ federated }) => federated !== undefined,
      isAskedFor: ({ analyses }) => analyses.federated?.enabled ?? false,
      views: [
        { id: 'federated', Content: RoundsFigure },
        {
          id: 'federated-error',
          get name() {
            return ANNOUNCED_WORDS.federated.error;
          },
          Content: ErrorFigure,
        },
        {
          id: 'federated-clients',
          get name() {
            return ANNOUNCED_WORDS.federated.clients;
          },
          Content: ClientsFigure,
        },
      ],
    },
    {
      part: 'attendance',
      Content: AttendanceFigure,
      fills: ({ federated }) => attended(federated).length > 0,
      // Whether clients are devices is no setting: the figure comes with the first round.
      isAskedFor: () => false,
      views: [{ id: 'federated-attendance' }],
      absence: () => ANNOUNCED_WORDS.federated.simulated,
    },
  ],
  cost({ arms, seeds, analyses: { federated = USUAL_FEDERATED } }) {
    const trainings = Math.min(federated.seeds, seeds.length) * clientArms(arms).length * federated.rules.length;
    return ANNOUNCED_WORDS.federated.cost(trainings * clientSteps(federated));
  },
  More: lazily(async () => (await import('./room/RoomButton.tsx')).RoomButton),
  contents: ({ federated }) => [
    ...contentOf(federated?.runs.length ?? 0, (count) => ANNOUNCED_WORDS.federated.contents(count)),
    ...contentOf(attended(federated).length, () => ANNOUNCED_WORDS.federated.attendance),
  ],
} as const satisfies ShownAnalysis;
