/** What people read about values that no study can have measured, in German. */
import { integer } from '../../core/number-format.ts';
import type { VALUE_CHECKS } from './value-words.ts';

export const studyValues: typeof VALUE_CHECKS = {
  measures: 'Losses und Zeiten sind endliche Zahlen.',
  counts: 'Anzahlen, Schritte und Seeds sind ganze Zahlen ab 0.',
  shares: 'Genauigkeiten und Anteile liegen zwischen 0 und 1.',
  differences: 'Unterschiede von Genauigkeiten liegen zwischen −1 und 1.',
  texts: (most) => `Texte haben höchstens ${integer(most)} Zeichen.`,
  perImage: 'Was zu einzelnen Bildern aufbewahrt wird, ist base64.',
  factors: 'Ein Design-Effekt ist mindestens 1.',
  variances: 'Varianzen sind mindestens 0.',
  motifs: 'Motive sind von 0 an nummeriert, in der Reihenfolge ihrer ersten Bilder.',
  tape: 'Ein Aktivierungsband ist base64 von Bits.',
  sides: (most) => `Bilder haben eine Seitenlänge von 1 bis ${most} Pixeln.`,
};
