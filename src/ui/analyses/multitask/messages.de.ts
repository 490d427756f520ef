/** The words of adapters of many tasks in German. */
import { germanCount } from '../../../core/counted.ts';
import { presets } from '../../../study/presets/messages.de.ts';
import type { MULTITASK_WORDS } from './messages.ts';

export const multitask: typeof MULTITASK_WORDS = {
  help: {
    bars: 'Je Aufgabe wurde ein Adapter trainiert. Gefüllte Balken: jede Aufgabe mit ihrem eigenen Adapter. Schraffierte Balken: ein Adapter, aus allen gemergt, nichts nachtrainiert. Grau: Zero-Shot. Balken sind Mittelwerte über Seeds, Striche daran eine Standardabweichung.',
    candidates:
      'Eigene Klassen: Ein Bild wird unter den Klassen seiner Aufgabe erkannt, jemand muss die Aufgabe also kennen. Alle Klassen: Es wird unter den Klassen aller Aufgaben erkannt, was schwerer ist.',
    caution: (isChosen) =>
      `${isChosen ? 'λ eines Merges wurde auf Validierungsbildern aller Aufgaben gewählt.' : 'λ eines Merges ist 1: Nicht jede Aufgabe hat Validierungsbilder, auf denen es sich wählen ließe.'} Der höchste von vielen Merges wird geschönt, weil er auf den Bildern ausgewählt ist, auf denen er gezeigt wird. Diese kleinen Aufgaben stehen für das MTL15 des Papers, dessen Aufgaben nicht veröffentlicht sind.`,
  },
  merge: 'Viele Aufgaben: gezeigter Merge',
  candidates: { label: 'Viele Aufgaben: Klassen zur Wahl', own: 'Eigene Klassen', joint: 'Alle Klassen' },
  tasks: (count) => germanCount(count, 'Aufgabe', 'Aufgaben'),
  merging: 'dem Mergen über Aufgaben hinweg',
  awaited:
    'Was von jeder Aufgabe bleibt, wenn die Adapter aller einer werden, erscheint hier, sobald sie trainiert sind.',
  off: `Wähle die Vorlage „${presets.called('Many tasks')}“ oder schalte die Analyse unter „Analysen“ ein, um Adapter verschiedener Aufgaben zu mergen.`,
  bars: { own: 'eigener Adapter', merged: 'gemergt', none: 'Zero-Shot' },
  ownAdapter: (arm) => `${arm}, eigener Adapter`,
  mergedBy: (arm, merge) => `${arm}, ${merge}`,
  zeroShot: 'Zero-Shot',
  meanOfTasks: 'Mittel der Aufgaben',
  head: ['Adapter', 'Arm', 'λ', 'Rang', 'Eigene Klassen %', '% der eigenen Adapter', 'Alle Klassen %', 'Seeds'],
  // Commas are in the numbers.
  scales: (scales) => scales.join('; '),
  rows: { own: 'Eigener Adapter', zeroShot: 'Zero-Shot' },
  caption: {
    accuracies: (arms, tasks, { single, average, ofOwn, arithmetic, ensemble, none }) =>
      `${arms}, Mittel über ${germanCount(tasks, 'Aufgabe', 'Aufgaben')}: eigene Adapter ${single}, Updates gemittelt ${average} (${ofOwn} der eigenen), Task arithmetic ${arithmetic}, Ensemble der Logits ${ensemble}, Zero-Shot ${none}`,
    joint: (accuracies) => `mit den Klassen aller Aufgaben zur Wahl, Updates gemittelt ${accuracies}`,
  },
};
