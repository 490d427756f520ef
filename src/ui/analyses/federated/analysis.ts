import { clientSteps, USUAL_FEDERATED } from '../../../study/analyses/federated/settings.ts';
import { counted } from '../../../core/counted.ts';
import { lazily } from '../../lazily.ts';
import { contentOf, type ResultContent, type ShownAnalysis } from '../../results/figure.ts';

const FederatedFigures: ResultContent = lazily(async () => (await import('./FederatedFigures.tsx')).FederatedFigures);

/** Embedded frames show its charts individually. */
const RoundsFigure: ResultContent = lazily(async () => (await import('./RoundsFigure.tsx')).RoundsFigure);
const ErrorFigure: ResultContent = lazily(async () => (await import('./ErrorFigure.tsx')).ErrorFigure);
const ClientsFigure: ResultContent = lazily(async () => (await import('./ClientsFigure.tsx')).ClientsFigure);

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
        { id: 'federated-error', name: 'Federated: error of aggregation', Content: ErrorFigure },
        { id: 'federated-clients', name: 'Federated: images of the clients', Content: ClientsFigure },
      ],
    },
  ],
  cost({ arms, seeds, analyses: { federated = USUAL_FEDERATED } }) {
    const trainings = Math.min(federated.seeds, seeds.length) * arms.length * federated.rules.length;
    return counted(trainings * clientSteps(federated), 'client step');
  },
  contents: ({ federated }) => contentOf(federated?.runs.length ?? 0, (count) => counted(count, 'federated training')),
} as const satisfies ShownAnalysis;
