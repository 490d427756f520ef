/** The words of the look inside in German. */
import { germanCount } from '../../../core/counted.ts';
import type { INSIDE_WORDS } from './messages.ts';

export const inside: typeof INSIDE_WORDS = {
  title: 'Ein Blick hinein',
  summary: 'wohin die Attention geht',
  titleOf: (picture) => `Ein Blick hinein: ${picture}`,
  off: (layers) => `${germanCount(layers, 'Schicht', 'Schichten')} aus`,
  note: 'Attention Rollout: wie viel von jedem Patch das Klassen-Token erreichen könnte, aus dem die Antwort gelesen wird. In jeder Schicht wird die Attention über die Attention-Köpfe gemittelt, die Identität für die Verbindung um sie herum addiert und jede Zeile auf Summe 1 gebracht; die Schichten werden multipliziert (Abnar & Zuidema 2020). Die Antwort erklärt das nicht: Der Rollout weiß nicht, welche Klasse geantwortet wird, was ein Patch weitergibt und was die MLPs tun.',
  looking: 'Wird angesehen …',
  maps: 'Karten der Attention; die Pfeiltasten führen von Patch zu Patch',
  picture: 'Das Bild',
  timesEvenShare: (most, patches) => `${most}-mal der gleichmäßige Anteil, also 1 von ${patches}`,
  scale: (least, most, patches) => `${least}- bis ${most}-mal der gleichmäßige Anteil (1 von ${patches})`,
  point: 'Zeig auf einen Patch oder nimm die Pfeiltasten.',
  at: (patch, values) => `${patch}: ${values.join(', ')} (Vielfache des gleichmäßigen Anteils).`,
  patch: 'Patch',
  times: (name) => `${name}, ×`,
  meta: (patches, kept) =>
    `ein Bild, ${germanCount(patches, 'Patch', 'Patches')}; nicht auf den Patches: ${kept.map(([name, share]) => `${name} ${share} %`).join(', ')}`,
  caption: {
    patch: (row, column) => `Zeile ${row}, Spalte ${column}`,
    look: (name, { held, count, of, most, times }) =>
      `${name}: ${held} auf ${count} von ${germanCount(of, 'Patch', 'Patches')}, am meisten auf ${most} (${times}-mal ein gleicher Anteil)`,
    moved: (first, arms) => `Anteil der Attention, der woanders liegt (verglichen mit ${first}): ${arms}`,
    onePicture: 'ein Bild, ein Lauf je Arm: Über andere sagt das nichts',
  },
};
