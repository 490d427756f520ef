/** The words of the menu of ready-made studies in German. */
import type { PRESET_LIST_WORDS } from './messages.ts';

export const presetList: typeof PRESET_LIST_WORDS = {
  presets: 'Vorlagen',
  note: 'Eine Vorlage öffnet sich sofort mit ihrem gespeicherten Ergebnis. Die Zeiten sagen, wie lange die ganze Studie neu auf einem Prozessor dauert; eine Grafikkarte ist schneller.',
  noteOnOwn:
    'Deine Bilder bleiben die Aufgabe, mit ihrem Backbone und ihren Prompts. Eine Vorlage setzt alles andere; nichts läuft, bevor du es startest. Die Zeiten sind die mit ihren eigenen Bildern. Eine Vorlage, die deine nicht verwendet, sagt es, und sie bleiben unter „Aufgabe“.',
  leavesOwn: 'Deine Bilder verwendet sie nicht.',
  maps: 'Viele Studien, eine Abbildung',
};
