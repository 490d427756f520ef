/** The words of the study's settings in German. */
import { germanCount } from '../../core/counted.ts';
import { grouped, integer } from '../../core/number-format.ts';
import type { WhyAgain } from '../../state/study/more-seeds.ts';
import type { STUDY_WORDS } from './messages.ts';
import { numberListText } from '../../core/number-list.ts';

const WHY_AGAIN: Readonly<Record<WhyAgain, string>> = {
  images: 'Die Bilder oder ihre Aufteilung sind nicht mehr die des gezeigten Ergebnisses',
  size: 'Die Bilder hier wurden in einer anderen Größe gelesen als die des gezeigten Ergebnisses',
  stopped: 'Die gezeigte Studie wurde vorzeitig beendet',
  followed: 'Abbildungen dieser Studie brauchen Adapter aus dem Training, die nicht aufbewahrt werden',
  adapters: 'Die nötigen Adapter sind nicht zur Hand',
};

const seedsOf = (seeds: readonly number[]): string =>
  seeds.length === 1 ? `Seed ${seeds[0]}` : `die Seeds ${seeds.join(' und ')}`;

export const study: typeof STUDY_WORDS = {
  on: 'an',
  off: 'aus',
  numbersWanted: ({ fewest, most, min, max, usual }) =>
    `Nimmt Zahlen von ${grouped(min, 6)} bis ${grouped(max, 6)}, ${integer(fewest)} bis ${integer(most)} davon; üblich sind ${numberListText(usual)}.`,
  task: {
    title: 'Aufgabe',
    myImages: 'Meine Bilder',
    ownDescription: 'Deine eigenen Bilder. Sie bleiben auf diesem Gerät.',
    newConcepts: 'Testbilder zeigen Motive, die kein Trainingsbild zeigt.',
  },
  arms: {
    title: 'Arme',
    add: 'Arm hinzufügen',
    methodOfNew: 'Methode des neuen Arms',
    methods: 'Methoden',
    searched: 'Von einer Suche gefunden',
    nameOf: (arm) => `Name des Arms ${arm}`,
    duplicate: (arm) => `${arm} duplizieren`,
    remove: (arm) => `${arm} entfernen`,
    settingOf: (arm, setting) => `${arm}: ${setting}`,
    methodOf: (arm) => `${arm}: Methode`,
    rate: (rate) => `lr ${rate}`,
  },
  seeds: {
    title: 'Seeds je Arm',
    about: 'Seeds',
    help: 'Ein Seed legt Anfangsfaktoren, Reihenfolge der Bilder, Augmentierung und Gates fest. Alle Arme haben dieselben Seeds, damit sie sich nur in Methode und Einstellungen unterscheiden. Zwei Seeds ergeben ein Paar für die Landschaft, fünf ergeben zehn.',
    renew: 'Seeds auslosen',
    one: 'Die Landschaft braucht mindestens zwei Seeds; mit einem entfällt sie.',
    more: 'Weitere Seeds',
    moreKept: (added) =>
      `trainiert ${seedsOf(added)} für jeden Arm und fügt sie zum gezeigten Ergebnis hinzu. Nichts davon wird wiederholt.`,
    moreRepeated: (added, count, own, why, size) =>
      `trainiert ${seedsOf(added)} für jeden Arm des gezeigten Ergebnisses. ${WHY_AGAIN[why]}, deshalb ${count === 1 ? 'wird' : 'werden die'} ${own} noch einmal trainiert: insgesamt ${size}.`,
  },
  training: {
    title: 'Training',
    summary: (steps, batchSize) => `${germanCount(steps, 'Schritt', 'Schritte')} · Batch ${batchSize}`,
    validatedEvery: (steps) =>
      `${steps === 1 ? 'In jedem Schritt' : `Alle ${integer(steps)} Schritte`} validiert, damit die Kurve sechs Punkte hat.`,
  },
  analyses: { title: 'Analysen', all: 'alle', none: 'keine' },
  backbone: {
    title: 'Backbone',
    card: 'Modellkarte',
    choose: 'Backbone wählen',
    missing: (id) =>
      `Das Backbone ${id} dieser Studie ist nicht auf diesem Gerät. Hol es weiter unten oder wähle ein anderes.`,
    frozen: ', eingefroren.',
    inputSize: 'Eingabegröße',
    inputSizeHelp: (patchSize) =>
      `Seitenlänge der Bilder in Pixeln, ein Vielfaches der Patchgröße (${patchSize}). Kleinere Bilder rechnen viel schneller; die Positions-Embeddings werden interpoliert.`,
    left: (name) =>
      `${name} liegt unter „Modelle auf diesem Gerät“: Während es kam, wurde ein anderes Backbone gewählt oder eine andere Studie geöffnet.`,
    another: 'Anderes Backbone holen',
    onDevice: 'Modelle auf diesem Gerät',
    stored: (count, size) => (count === 0 ? 'keine' : `${germanCount(count, 'Modell', 'Modelle')}, ${size}`),
  },
  linked: {
    swept: (methods, values, setting) => `${methods} mit ${germanCount(values, 'Wert', 'Werten')} von „${setting}“`,
    size: (arms, seeds, steps, classes, train, test) =>
      `${arms}: je ${germanCount(seeds, 'Seed', 'Seeds')}, ${germanCount(steps, 'Schritt', 'Schritte')}; ${germanCount(classes, 'Klasse', 'Klassen')}, ${germanCount(train, 'Trainingsbild', 'Trainingsbilder')} und ${germanCount(test, 'Testbild', 'Testbilder')}.`,
    classes: 'Klassen',
    ownImages: (source) =>
      `Trainiert wurde mit eigenen Bildern, die ${source === 'link' ? 'der Link' : 'die Datei'} nicht enthält. Geh von dieser Studie aus und bring deine mit.`,
    runAgain: 'Hier noch einmal rechnen',
    startFrom: 'Als Ausgangspunkt nehmen',
    note: '„Hier noch einmal rechnen“ wiederholt die Studie mit denselben Seeds auf diesem Gerät und ersetzt die Zahlen. „Als Ausgangspunkt nehmen“ heißt: Du kannst die Einstellungen ändern, und das Ergebnis bleibt, bis du rechnest.',
    allSettings: 'Alle Einstellungen',
    settingsOfArms: 'Einstellungen der Arme',
    arm: 'Arm',
  },
  sweep: {
    title: 'Eine Einstellung durchlaufen',
    summary: (setting, values) => `${setting}, ${germanCount(values, 'Wert', 'Werte')}`,
    inPlace: (setting, values, arms) => `${setting} mit ${values.join('; ')}: ${germanCount(arms, 'Arm', 'Arme')}.`,
    end: (setting, value) => `Durchlauf beenden, ${setting} ${value} behalten`,
    setting: 'Einstellung',
    settingHelp:
      'Worin sich die Arme des Durchlaufs unterscheiden; alles andere bleibt gleich. Durchlaufen lassen sich nur Einstellungen, die eine Methode verwendet.',
    settingDefault: 'Lernrate',
    settingToSweep: 'Einstellung für den Durchlauf',
    arms: 'Arme',
    armsHelp: 'Welche Arme mit jedem Wert trainiert werden. Die anderen bleiben, wie sie sind.',
    armsDefault: 'alle, die die Einstellung verwenden',
    armsToSweep: 'Arme für den Durchlauf',
    values: 'Werte',
    valuesHelp: 'Mindestens drei, durch Semikolons getrennt.',
    valuesDefault: 'um den Wert des Arms',
    valuesOf: 'Werte der Einstellung',
    size: (arms, seeds, runs) =>
      `${germanCount(arms, 'Arm', 'Arme')} × ${germanCount(seeds, 'Seed', 'Seeds')}: ${germanCount(runs, 'Lauf', 'Läufe')}, zusammen trainiert.`,
    make: 'Durchlauf anlegen',
  },
};
