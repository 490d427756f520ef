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
  'Sixteen images a class': 'Sechzehn Bilder je Klasse',
  'Regime map': 'Karte der Bedingungen',
  Why: 'Warum',
};
/** Arms of ready-made studies, by id: the name in data, and the one that people read. */
const ARMS: Readonly<Record<string, readonly [data: string, german: string]>> = {
  'lora-plus': ['LoRA+, ratio 16', 'LoRA+, Verhältnis 16'],
  dropout: ['Dropout 0.25', 'Dropout 0,25'],
  'progressive-25': ['Progressive dropout to 0.25', 'Fortschreitender Dropout bis 0,25'],
  'progressive-0': ['Progressive dropout to 0', 'Fortschreitender Dropout bis 0'],
  'copra-sine': ['CopRA, sine ramp', 'CopRA, Sinusrampe'],
  'copra-exponential': ['CopRA, exponential ramp', 'CopRA, exponentielle Rampe'],
  'copra-p0': ['CopRA, p₀ = 0.1', 'CopRA, p₀ = 0,1'],
  'copra-short': ['CopRA, ramp over half', 'CopRA, Rampe bis zur Hälfte'],
  'copra-module': ['CopRA, per projection', 'CopRA, je Projektion'],
  'copra-rescaled': ['CopRA, divided by p', 'CopRA, durch p geteilt'],
  'copra-constant': ['CopRA without its ramp', 'CopRA ohne seine Rampe'],
  'copra-dora': ['CopRA on DoRA', 'CopRA auf DoRA'],
  'lora-4': ['LoRA, lr 0.01', 'LoRA, lr 0,01'],
  'lora-5': ['LoRA, lr 0.03', 'LoRA, lr 0,03'],
  'copra-4': ['CopRA, lr 0.01', 'CopRA, lr 0,01'],
  'copra-5': ['CopRA, lr 0.03', 'CopRA, lr 0,03'],
  'lora-averaged': ['LoRA averaged', 'LoRA gemittelt'],
  'lora-updates': ['LoRA at equal updates', 'LoRA bei gleichen Updates'],
  'lora-loss': ['LoRA at equal loss', 'LoRA bei gleichem Loss'],
  'lora-sam': ['LoRA with SAM', 'LoRA mit SAM'],
  'layer-drop': ['Constant layer drop', 'Layer Drop mit fester Rate'],
};

/** The end of the names of those that have few images besides. */
const FEW = ', few images';

export const presets: typeof PRESET_WORDS = {
  called: (name) =>
    name.endsWith(FEW)
      ? `${NAMES[name.slice(0, -FEW.length)] ?? name.slice(0, -FEW.length)}, wenige Bilder`
      : (NAMES[name] ?? name),
  arm: ({ id, name }) => {
    const [data, german] = ARMS[id] ?? [];
    return german !== undefined && data === name ? german : name;
  },
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
