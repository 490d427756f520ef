/** The words of the spectra of updates in German. */
import { germanCount } from '../../../core/counted.ts';
import { germanCountAll } from '../../../core/counted-all.ts';
import { compact } from '../../../core/number-format.ts';
import type { SPECTRA_WORDS } from './messages.ts';

export const spectra: typeof SPECTRA_WORDS = {
  message: 'Auf wie viele Richtungen sich das Update einer Schicht verteilt.',
  help: (directions, threshold) => [
    'Die Singulärwerte eines Updates ΔW sagen, wie viele Richtungen es sich teilen. Der effektive Rang ist exp ihrer Entropie: 1, wenn eine Richtung alles hat, r, wenn alle r gleich sind. Der stabile Rang ist ‖ΔW‖² durch das Quadrat des größten Singulärwerts und folgt den stärksten Richtungen enger.',
    `Eindringlinge sind führende Singulärrichtungen von W + ΔW, die keiner Singulärrichtung des eingefrorenen W ähneln${directions > 0 ? `: unter den ersten ${directions} diejenigen ohne einen Kosinus von mindestens ${compact(threshold)}` : ''}.`,
    'P ist die Matrix, die die Faktoren eines Laufs denen des ersten Laufs im Arm am nächsten bringt, ohne seine Updates zu ändern. Ihre Konditionszahl ist 1 für eine Drehung; ist sie groß, streckt P manche Richtungen und staucht andere. Gemittelt wird der Logarithmus.',
  ],
  subject: 'den Spektren der Updates',
  projections: (counts) => germanCountAll(counts, 'Projektion', 'Projektionen'),
  measureShown: 'Spektren: gezeigtes Maß',
  awaited: 'Die Spektren aller Updates erscheinen hier nach dem Training.',
  off: 'Schalte „Spektren“ unter „Analysen“ ein, um zu sehen, auf wie viele Richtungen sich die Updates verteilen.',
  measures: {
    effective: 'Effektiver Rang',
    stable: 'Stabiler Rang',
    intruders: 'Eindringlinge',
    condition: 'Kondition von P',
  },
  shortMeasures: { effective: 'Effektiver Rang', stable: 'Stabil', intruders: 'Eindringlinge', condition: 'P' },
  inPercent: (measure) => `${measure}, %`,
  head: ['Maß', 'Arm', 'Schicht', 'Mittel', '±', 'Seeds'],
  tableTitle: 'Spektren ganzer Adapter',
  tableCaption: (seeds) =>
    seeds > 1
      ? `Mittelwert über Projektionen, ± Standardabweichung über ${germanCount(seeds, 'Seed', 'Seeds')}. Differenzen sind je Seed gepaart, mit ihrem 95-%-Intervall über Seeds; fett, wo es die 0 ausschließt.`
      : 'Mittelwert über Projektionen, von einem Seed.',
  measure: 'Maß',
  caption: {
    over: (projections, spread) =>
      `Mittel über ${germanCountAll(projections, 'Projektion', 'Projektionen')}, ${spread}`,
  },
};
