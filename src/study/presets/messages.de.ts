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
    comparison: 'Der ganze Vergleich',
    figure: 'Eine Abbildung des Papers',
    behind: 'Hinter den Abbildungen',
  },
  took: (time, threads) => `${time} auf ${germanCount(threads, 'Prozessorkern', 'Prozessorkernen')}.`,
  mayTake: (time, threads) => `Etwa ${time} auf ${germanCount(threads, 'Prozessorkern', 'Prozessorkernen')}.`,
  minutes: (count) => germanCount(count, 'Minute', 'Minuten'),
  hours: (count) => germanCount(count, 'Stunde', 'Stunden'),
  descriptions: {
    'ablations-few-shots':
      'Die siebzehn Arme der Ablationen mit 64 Bildern je Klasse, je vier Seeds, 1.000 Schritte: 68 Läufe.',
    ablations:
      'Siebzehn Arme, je zwei Seeds, 500 Schritte: Vergleichsmethoden, rsLoRA, LoRA+ und DoRA und CopRA in jeder Einstellung, die seine Papers variieren, als eine Tabelle. 34 Läufe werden trainiert.',
    controls:
      'Könnte etwas Einfacheres es erklären? LoRA über seine letzten Schritte gemittelt, bei CopRAs Zahl von Updates oder Trainings-Loss angehalten oder auf flache Minima trainiert, neben LoRA und CopRA unter den Bedingungen weniger Bilder, je sechs Seeds.',
    'federated-few-shots':
      'LoRA und CopRA, sechs Seeds, 64 Bilder je Klasse auf fünf Clients mit ungleichen Anteilen der Klassen, 15 Runden, zwei Arten zu mitteln.',
    federated:
      'LoRA und CopRA, sechs Seeds, auf fünf Clients mit ungleichen Anteilen der Klassen, 15 Runden, zwei Arten zu mitteln; jeder der fünf trainiert in jeder Runde.',
    'few-shots':
      '64 Bilder je Klasse, hundertmal gesehen, Adapter in beiden Encodern, je sechs Seeds: zwischen den Bedingungen der Papers, die 1 bis 16 Bilder je Klasse haben, und vielen Daten.',
    full: 'Alle Bilder, Adapter im Bild-Encoder, je sechs Seeds, 2.000 Schritte: ein Fall, in dem CopRA nicht überall hilft.',
    'geometry-few-shots':
      'Drei Seeds unter den Bedingungen weniger Bilder, 64 Bilder je Klasse und 2.000 Schritte: Pfade mit angeglichenen Faktoren, die Ebene durch drei Adapter, alle Adapter als Punkte.',
    geometry:
      'Je drei Seeds, 600 Schritte: Pfade mit angeglichenen Faktoren, die Ebene durch drei Adapter, alle Adapter als Punkte.',
    'learning-rates-few-shots':
      'LoRA und CopRA bei fünf Lernraten mit 64 Bildern je Klasse, je sechs Seeds, 1.000 Schritte: 60 Läufe.',
    'learning-rates': 'LoRA und CopRA bei fünf Lernraten, je sechs Seeds, 400 Schritte: 60 Läufe.',
    'many-tasks-few-shots':
      'LoRA und CopRA, je ein Adapter für jede von vier Aufgaben, 64 Bilder je Klasse, je sechs Seeds, 1.000 Schritte, dann über die Aufgaben hinweg gemergt.',
    'many-tasks':
      'LoRA und CopRA, je ein Adapter für jede von vier Aufgaben, je sechs Seeds, 300 Schritte, dann über die Aufgaben hinweg gemergt. Ein Ersatz für MTL15 aus dem Paper, dessen Aufgaben nicht veröffentlicht sind.',
    'merge-few-shots':
      'Die sechs Seeds unter den Bedingungen weniger Bilder, 64 Bilder je Klasse und 2.000 Schritte, auf jede Art gemergt.',
    merge: 'Je sechs Seeds, 600 Schritte, dann jede Art, sie zu mergen.',
    quick: 'LoRA und CopRA, je zwei Seeds, 600 Schritte: Landschaft, Shapley-Werte und Pruning.',
    why: 'Je drei Seeds mit 64 Bildern je Klasse, 600 Schritte: wie sich Updates auf Richtungen verteilen, wie flach die Minima sind, was beide Arme unterwegs wert sind und wie lange ihre Schritte dauern.',
    'schedule-search':
      'Arten zu trainieren zwischen LoRA und CopRA, immer länger erprobt: welche so genau sind wie das eine und so viel behalten wie das andere. Nichts läuft.',
    'regime-map':
      'LoRA und CopRA in beiden Encodern, vier Seeds, 600 Schritte, bei vier Lernraten und vier Anzahlen von Trainingsbildern: 16 Studien.',
  },
};
