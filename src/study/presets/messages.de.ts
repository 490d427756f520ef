/** What ready-made studies and maps run and how long that takes, in German. */
import type { PRESET_WORDS } from './messages.ts';

export const PRESET_WORDS_DE: typeof PRESET_WORDS = {
  search: (regime) => `Suche nach einem Verlauf: ${regime}`,
  groups: {
    comparison: 'Der ganze Vergleich',
    figure: 'Eine Abbildung des Papers',
    behind: 'Hinter den Abbildungen',
  },
  descriptions: {
    'ablations-few-shots':
      'Die siebzehn Arme der Ablationen mit 64 Bildern je Klasse, je vier Seeds, 1.000 Schritte: 68 Läufe, etwa eine halbe Stunde auf zwei Kernen.',
    ablations:
      'Siebzehn Arme, je zwei Seeds, 500 Schritte: Vergleichsmethoden, rsLoRA, LoRA+ und DoRA und CopRA in jeder Einstellung, die seine Papers variieren, als eine Tabelle. Etwa 11 Minuten auf zwei Kernen, weil 34 Läufe trainiert werden.',
    controls:
      'Könnte etwas Einfacheres es erklären? LoRA über seine letzten Schritte gemittelt, bei CopRAs Zahl von Updates oder Trainings-Loss angehalten oder auf flache Minima trainiert, neben LoRA und CopRA unter den Bedingungen weniger Bilder, je sechs Seeds. Etwa 40 Minuten auf zwei Kernen.',
    'federated-few-shots':
      'LoRA und CopRA, sechs Seeds, 64 Bilder je Klasse auf fünf Clients mit ungleichen Anteilen der Klassen, 15 Runden, zwei Arten zu mitteln: etwa 30 Minuten auf zwei Kernen.',
    federated:
      'LoRA und CopRA, drei Seeds, auf fünf Clients mit ungleichen Anteilen der Klassen, 15 Runden, zwei Arten zu mitteln: etwa 12 Minuten auf zwei Kernen, weil jeder der fünf in jeder Runde trainiert.',
    'few-shots':
      '64 Bilder je Klasse, hundertmal gesehen, Adapter in beiden Encodern, je sechs Seeds: die Bedingungen der Papers.',
    full: 'Alle Bilder, Adapter im Bild-Encoder, je vier Seeds, 2.000 Schritte: wenn CopRA nicht überall hilft. Etwa 20 Minuten auf zwei Kernen.',
    'geometry-few-shots':
      'Drei Seeds unter den Bedingungen der Papers, 64 Bilder je Klasse und 2.000 Schritte: Pfade mit angeglichenen Faktoren, die Ebene durch drei Adapter, alle Adapter als Punkte. Etwa 10 Minuten auf zwei Kernen.',
    geometry:
      'Je drei Seeds, 600 Schritte: Pfade mit angeglichenen Faktoren, die Ebene durch drei Adapter, alle Adapter als Punkte. Etwa 4 Minuten auf zwei Kernen.',
    'learning-rates-few-shots':
      'LoRA und CopRA bei fünf Lernraten mit 64 Bildern je Klasse, je vier Seeds, 1.000 Schritte: 40 Läufe, etwa 20 Minuten auf zwei Kernen.',
    'learning-rates':
      'LoRA und CopRA bei fünf Lernraten, je zwei Seeds, 400 Schritte: 20 Läufe, etwa 5 Minuten auf zwei Kernen.',
    'many-tasks-few-shots':
      'LoRA und CopRA nacheinander auf vier Aufgaben trainiert, 64 Bilder je Klasse, je vier Seeds, 1.000 Schritte, dann über die Aufgaben hinweg gemergt: etwa 20 Minuten auf zwei Kernen.',
    'many-tasks':
      'LoRA und CopRA nacheinander auf vier Aufgaben trainiert, je vier Seeds, 300 Schritte, dann über die Aufgaben hinweg gemergt: etwa 8 Minuten auf zwei Kernen. Ein Ersatz für MTL15 aus dem Paper, dessen Aufgaben nicht veröffentlicht sind.',
    'merge-few-shots':
      'Die sechs Seeds unter den Bedingungen der Papers, 64 Bilder je Klasse und 2.000 Schritte, auf jede Art gemergt: etwa 25 Minuten auf zwei Kernen.',
    merge: 'Je sechs Seeds, 600 Schritte, dann jede Art, sie zu mergen: etwa 4 Minuten auf zwei Kernen.',
    quick: 'LoRA und CopRA, je zwei Seeds, 600 Schritte, jede Analyse: etwa 3 Minuten auf zwei Kernen.',
    why: 'Je drei Seeds mit 64 Bildern je Klasse, 600 Schritte: wie sich Updates auf Richtungen verteilen, wie flach die Minima sind, was beide Arme unterwegs wert sind und wie lange ihre Schritte dauern. Etwa 4 Minuten auf zwei Kernen.',
    'schedule-search':
      'Arten zu trainieren zwischen LoRA und CopRA, immer länger erprobt: welche so genau sind wie das eine und so viel behalten wie das andere. Nichts läuft; die Suche dauerte einige Stunden.',
    'regime-map':
      'LoRA und CopRA in beiden Encodern, vier Seeds, 600 Schritte, bei vier Lernraten und vier Anzahlen von Trainingsbildern: 16 Studien von je etwa sechs Minuten auf zwei Kernen.',
  },
};
