/** What the page says of study files, in German. */
import { germanCount } from '../../core/counted.ts';
import { listed } from '../../core/listed.ts';
import { fixed } from '../../core/number-format.ts';
import type { STUDY_FILE_WORDS } from './study-file-words.ts';

export const studyFiles: typeof STUDY_FILE_WORDS = {
  unite: {
    tasks: (first, firstClasses, second, secondClasses) =>
      `Die eine hat „${first}“ mit ${germanCount(firstClasses, 'Klasse', 'Klassen')}, die andere „${second}“ mit ${secondClasses}.`,
    images: (side, first, second) =>
      `Die eine hat ${side === 'train' ? germanCount(first, 'Trainingsbild', 'Trainingsbilder') : germanCount(first, 'Testbild', 'Testbilder')}, die andere ${second}.`,
    losses: (isHeadOnly, first, second) =>
      `Ihre Bilder oder Backbones sind nicht dieselben: ${isHeadOnly ? 'Nur mit dem Kopf' : 'Ohne Adapter'} ist der Loss ${fixed(first, 3)} in der einen und ${fixed(second, 3)} in der anderen.`,
    settings: (settings) => `Ihre Einstellungen sind verschieden: ${settings}.`,
    newerSettings:
      'Eine davon stammt von einer neueren Version der Seite und hat Einstellungen, die diese Version nicht kennt.',
    order:
      'Ihre Testbilder sind andere oder liegen in anderer Reihenfolge: Frühere Versionen behielten eigene Bilder Klasse für Klasse.',
    otherPixels:
      'Die Bilder der Studien haben verschiedene Pixel: Entweder sind es andere, oder verschiedene Browser haben dieselben Dateien dekodiert. Der Loss des Backbones auf den Testbildern ist bei allen etwa derselbe; die übrigen Bilder lassen sich nicht prüfen. Nur dieselben Bilder ergeben eine Studie.',
    besides: (first, second) =>
      `Sie wurden außer auf der Aufgabe auf verschiedenen Bildern getestet: die eine auf ${first}, die andere auf ${second}.`,
    armIds: 'Ihre Arme haben andere Kennungen.',
    tooManySeeds: (seeds, most) =>
      `Zusammen haben sie ${germanCount(seeds, 'Seed', 'Seeds')}; eine Studie hat höchstens ${most}.`,
    devices: (devices) =>
      `Die Studien wurden auf ${listed(devices)} gerechnet: Gleiche Läufe stimmen bis auf Rundung überein, nicht Bit für Bit.`,
    otherNumbers: (runs) =>
      `${germanCount(runs, 'Lauf ist', 'Läufe sind')} in beiden, mit verschiedenen Zahlen; die der ersten Studie bleiben.`,
  },
  class: {
    settings: (settings) =>
      `Nicht alle haben dieselben Einstellungen (${settings}), deshalb lassen sich ihre Zahlen nicht direkt vergleichen.`,
    repeated: (repeated, runs) =>
      `${repeated} ${runs === 1 ? 'des einen Laufs' : `der ${germanCount(runs, 'Lauf', 'Läufe')}`} ${repeated === 1 ? 'wiederholt' : 'wiederholen'} den Lauf von jemand anderem (gleiche Einstellungen, gleicher Seed): eine Probe, dass er sich wiederholen lässt, kein neuer Beleg.`,
  },
  file: {
    tooLarge: 'Die Datei ist größer als jede Studie.',
    running: 'Hier läuft eine Studie. Beende sie und öffne die Datei dann noch einmal.',
    meanwhile: 'Während sie gelesen wurde, wurde etwas anderes geöffnet oder eingestellt. Öffne die Datei noch einmal.',
    notOpened: (file, why) => `${file} wurde nicht geöffnet. ${why}`,
    tookPlace: (file, why) => `${file} hat die gezeigte Studie ersetzt, weil beide nicht eine Studie sind. ${why}`,
    strangers: (files) => `${files} der Dateien ${files === 1 ? 'ist' : 'sind'} kein Ergebnis dieser Seite.`,
    problems: (problems, more) => `${problems.join(' ')}${more > 0 ? ` Und ${more} weitere.` : ''}`,
  },
};
