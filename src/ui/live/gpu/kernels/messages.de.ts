/** The words of kernels in several forms, in German. */
import { fixed } from '../../../../core/number-format.ts';
import type { KERNEL_WORDS } from './messages.ts';

export const kernels: typeof KERNEL_WORDS = {
  title: 'Kernel, auf diesem Gerät gemessen',
  none: 'Noch ist nichts gemessen. Das geschieht zwischen den ersten Schritten einer Studie auf einer Grafikkarte, 1,5 Sekunden lang.',
  summary: (changed, measured) =>
    `${changed} von ${measured === 1 ? '1 Kernel' : `${measured} Kerneln`} in anderer Form schneller`,
  gain: (usual, best, [low, high]) =>
    `In einem Trainingsschritt brauchen sie ${fixed(best, 2)} ms statt ${fixed(usual, 2)}: ${fixed(low, 2)} bis ${fixed(high, 2)} ms weniger (95-%-Intervall über die gemessenen Schritte).`,
  inUse: (count) =>
    count === 0
      ? 'Die gezeigte Studie hatte die üblichen Formen.'
      : `Die gezeigte Studie hatte ${count === 1 ? '1 Kernel' : `${count} Kernel`} in anderer Form.`,
  note: 'Eine andere Form gewinnt nur, wenn ihre Zahlen mit denen der üblichen bis auf Rundung übereinstimmen und sie um mehr als das Rauschen schneller ist. Die nächsten Studien auf diesem Gerät benutzen sie, 30 Tage lang: Dann wird neu gemessen, denn der Grafiktreiber kann ein anderer sein. Andere Formen runden die letzten Stellen anders: Mit derselben Datei wiederholt sich eine Studie auf diesem Gerät Bit für Bit.',
  table: 'Alle Kernel',
  columns: { kernel: 'Kernel und Größen', usual: 'Übliche Form', best: 'Schnellste Form' },
  sameForm: 'die übliche',
  unmeasured: 'zu kurz zum Messen',
  faults: 'Formen, die hier nie benutzt werden, und warum',
  reasons: {
    compile: 'lässt sich nicht übersetzen',
    wrong: 'falsche Zahlen',
    bits: 'andere Bits, wo gleiche erwartet waren',
    slow: 'dauerte zu lange',
    lost: 'das Gerät ging verloren',
    nonsense: 'unmögliche Zeiten',
  },
  save: 'Als Datei sichern',
  open: 'Datei öffnen …',
  forget: 'Vergessen',
  forgotten: 'Vergessen. Die nächste Studie hat die üblichen Formen und misst neu.',
  opened: (device) => `Geöffnet: Die nächste Studie auf „${device}“ benutzt sie.`,
  notOne: 'Diese Datei enthält keine gemessenen Kernel.',
};
