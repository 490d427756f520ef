/** The words of adapters as points in German. */
import { germanCount } from '../../../core/counted.ts';
import { presets } from '../../../study/presets/messages.de.ts';
import type { GEOMETRY_WORDS } from './messages.ts';

export const geometry: typeof GEOMETRY_WORDS = {
  message: {
    updates: 'Jeder Punkt ist ein Adapter; was nahe beieinander liegt, hat die Gewichte ähnlich verändert.',
    factors:
      'Jeder Punkt ist ein Adapter; was nahe beieinander liegt, hat ähnliche Faktoren, wie die Adapter eines Seeds von Anfang an.',
  },
  help: {
    vectors:
      'Jeder Adapter ist ein langer Vektor: aus allen seinen A und B oder aus allen seinen Updates ΔW = s·B·A. t-SNE legt Vektoren mit kleinen Abständen nahe zueinander. Es erhält Nachbarschaften, keine Abstände: Wie groß eine Lücke oder eine Gruppe ist, bedeutet nichts, und eine andere Perplexität oder ein anderer Seed zeichnet ein anderes Bild. Die Matrizen zeigen die Abstände und Winkel selbst.',
    runs: 'Gleiche Seeds beginnen mit demselben A und mit B = 0, darum starten die Läufe aller Arme je Seed an einem Ort. Die Punkte eines Laufs sind in der Reihenfolge seiner Schritte verbunden; der trainierte Adapter ist der große.',
    rates: 'Je größer er ist, desto höher ist die Lernrate seines Arms.',
    factors:
      'A und B sind nicht eindeutig: B·P und P⁻¹·A sind dasselbe Update. Läufe eines Seeds haben den Anfang von A gemeinsam; das bringt sie in A und B zusammen, was auch immer sie gelernt haben. Bei ΔW ist das nicht so.',
  },
  distances: 'den Abständen zwischen Adaptern',
  tooFew: (needed, has) => `t-SNE braucht ${germanCount(needed, 'Adapter', 'Adapter')}; die Studie hat ${has}.`,
  adapters: (count) => germanCount(count, 'Adapter', 'Adapter'),
  embedding: (perplexity, seed) => `t-SNE, Perplexität ${perplexity}, Seed ${seed}`,
  perplexity: 'Perplexität',
  perplexityLabel: 't-SNE: Perplexität',
  pictureSeed: 'Seed des Bildes',
  pictureSeedLabel: 't-SNE: Seed',
  spaces: { label: 'Adapter als Punkte: Vektoren aus', factors: 'A und B', updates: 'ΔW' },
  views: { label: 'Adapter als Punkte: Ansicht', points: 't-SNE', distance: 'Abstand', cosine: 'Kosinus' },
  awaited: 'Wie die Adapter aller Läufe zueinander liegen, erscheint hier nach dem Training.',
  off: `Schalte unter „Analysen“ die Abstände ein oder wähle die Vorlage „${presets.called('Geometry')}“, um zu sehen, wie Adapter zueinander liegen.`,
  seed: (seed) => `Seed ${seed}`,
  marks: 'hohl: Beginn des Trainings, groß: trainiert',
  run: (arm, seed) => `${arm}, Seed ${seed}`,
  place: (run, step) => `${run}, ${step === null ? 'trainiert' : `Schritt ${step}`}`,
  pair: (one, other, value) => `${one} und ${other}: ${value}`,
  pretrained: 'vortrainiert',
  head: ['Adapter', 'Anderer Adapter', 'A, B: Kosinus', 'Abstand', 'ΔW: Kosinus', 'Abstand'],
  relations: {
    title: 'Abstände zwischen trainierten Adaptern',
    caption:
      'Mittel ± Standardabweichung über Paare (in den letzten Zeilen über Läufe). Das vortrainierte Modell ist der Adapter null, zu dem es keinen Winkel gibt.',
    head: ['Von zwei Adaptern', 'A, B: Kosinus', 'A, B: Abstand', 'ΔW: Kosinus', 'ΔW: Abstand'],
    kinds: {
      'other seed': 'gleiche Methode, anderer Seed',
      'other method': 'gleicher Seed, andere Methode',
      pretrained: 'trainiert, vortrainiert',
    },
    row: (arms, kind) => `${arms.join(', ')}: ${kind}`,
  },
  caption: {
    spaces: { updates: 'ΔW', factors: 'A und B' },
    starts: { updates: 'ΔW', factors: 'A und B, ihr zufälliger Start eingeschlossen' },
    seeds: (space, cosines) =>
      `Kosinus zwischen trainierten Adaptern in ${space}: bei einer Methode und verschiedenen Seeds ${cosines}`,
    methods: (cosines) => `bei einem Seed und verschiedenen Methoden ${cosines}`,
    distances: (space, distances) => `Abstand vom vortrainierten Modell in ${space}: ${distances}`,
    over: (seeds) => `${seeds}, Mittel ± Standardabweichung`,
  },
};
