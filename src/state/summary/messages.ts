/** The words of the findings of a study: which of two arms does better, without numbers. */
import { catalogue } from '../../core/language/catalogue.ts';
import { comparison } from '../../study/readings/messages.ts';

export const FINDING_WORDS = catalogue('findings', {
  comparisons: {
    'half-off': comparison('With half of its layers off', 'keeps more of what it learned'),
    average: comparison('On the way between two seeds', 'loses less accuracy'),
    'other-domains': comparison('On domains that no run was trained on', 'is right more often'),
    tasks: comparison('With the adapters of all tasks averaged', 'is right more often'),
    averaging: comparison('When clients’ A and B are averaged', 'has the smaller error'),
    clients: comparison('Trained by clients and averaged', 'is right more often'),
    price: comparison('With every layer on', 'is right more often'),
  },
  cannotTell: (names: string): string => `This study cannot tell ${names} apart. More steps and more seeds may.`,
});
