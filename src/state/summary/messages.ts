/** The words of the findings of a study: which of two arms does better, without numbers. */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';
import { comparison } from '../../study/readings/messages.ts';

export const FINDING_WORDS = catalogue('findings', {
  comparisons: {
    'half-off': comparison(
      'With half of its layers off',
      'keeps more of what it learned',
      'the gain kept with half of the layers off',
    ),
    average: comparison('On the way between two seeds', 'loses less accuracy', 'the accuracy lost between two seeds'),
    'other-domains': comparison(
      'On domains that no run was trained on',
      'is right more often',
      'accuracy on other domains',
    ),
    tasks: comparison(
      'With the adapters of all tasks averaged',
      'is right more often',
      'accuracy with the adapters of all tasks averaged',
    ),
    averaging: comparison(
      'When clients’ A and B are averaged',
      'has a smaller error',
      'the error of averaging clients’ A and B',
    ),
    clients: comparison('Trained by clients and averaged', 'is right more often', 'accuracy after averaging clients'),
    price: comparison('With every layer on', 'is right more often', 'test accuracy'),
  },
  startsLower: (name: string, accuracy: string): string =>
    `Half-way between two seeds both reach ${accuracy}: ${name} starts lower.`,
  /** @param measures all that were looked at here: in others the arms may differ */
  cannotTell: (names: string, measures: string): string =>
    `This study cannot tell ${names} apart in ${measures}. More steps and more seeds may.`,
  /** Behind a clear finding. @param name of the arm that drops layers */
  fewSteps: (steps: number, name: string): string =>
    `That is after ${counted(steps, 'step')}. ${name} trains fewer layers at first, so longer training may find otherwise.`,
  /** Of arms that cannot be compared. */
  lacks: {
    'too little': (names: string, arms: number): string =>
      `${names} ${arms === 1 ? 'has' : 'have'} hardly learned yet: more steps may turn any difference here round.`,
    diverged: (names: string): string =>
      `${names} diverged in every seed: nothing is left to compare. Lower learning rates may help.`,
  },
});
