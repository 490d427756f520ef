/** What ready-made studies and maps run and how long that takes, in German. */
import { germanCount } from '../../core/counted.ts';
import type { PRESET_WORDS } from './messages.ts';

/** By the names that files and documents have. */
const NAMES: Readonly<Record<string, string>> = {
  Ablations: 'Ablationen',
  Controls: 'Kontrollen',
  Federated: 'Föderiert',
  'Few images': 'Wenige Bilder',
  Geometry: 'Geometrie',
  'Learning rates': 'Lernraten',
  'Many tasks': 'Viele Aufgaben',
  Merge: 'Mergen',
  'Other training images': 'Andere Trainingsbilder',
  'Plenty of data': 'Viele Daten',
  Quick: 'Schnell',
  'Regime map': 'Karte der Bedingungen',
  Why: 'Warum',
};
/** The end of the names of those that have few images besides. */
const FEW = ', few images';

export const presets: typeof PRESET_WORDS = {
  called: (name) =>
    name.endsWith(FEW)
      ? `${NAMES[name.slice(0, -FEW.length)] ?? name.slice(0, -FEW.length)}, wenige Bilder`
      : (NAMES[name] ?? name),
  search: (regime) => `Suche nach einem Verlauf: ${regime}`,
  groups: {
    comparison: 'Hier anfangen: LoRA gegen CopRA',
    figure: 'Je eine Frage der Papers',
    behind: 'Warum es so ist',
  },
  took: (time, threads) => `Sie dauerte ${time} auf ${germanCount(threads, 'Prozessorkern', 'Prozessorkernen')}.`,
  mayTake: (time, threads) =>
    `Ohne gespeichertes Ergebnis: Sie dauert etwa ${time} auf ${germanCount(threads, 'Prozessorkern', 'Prozessorkernen')}.`,
  minutes: (count) => germanCount(count, 'Minute', 'Minuten'),
  hours: (count) => germanCount(count, 'Stunde', 'Stunden'),
};
