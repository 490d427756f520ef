/** What people read about maps that are none, or do not fit together, in German. */
import { either, listed } from '../../core/listed.ts';
import { compact } from '../../core/number-format.ts';
import type { MAP_CHECKS } from './words.ts';

export const studyMaps: typeof MAP_CHECKS = {
  axisRises: 'Die Werte einer Achse steigen, und jeder kommt einmal vor.',
  axisRange: (setting, min, max) =>
    `Ein Wert von „${setting}“ liegt außerhalb seines Bereichs, ${compact(min)} bis ${compact(max)}.`,
  axesDiffer: 'Die beiden Achsen einer Karte sind zwei Einstellungen.',
  mapArms: 'Die Studie einer Karte hat zwei Arme: zuerst den Vergleichsarm, dann den anderen.',
  cellOutside: 'Eine Zelle liegt außerhalb der Karte.',
  cellTwice: 'Eine Zelle der Karte kommt doppelt vor.',
  otherMap: 'Die beiden Ergebnisse sind von Karten mit verschiedenen Einstellungen.',
  noEffect: (setting, query, methods, lacking) =>
    `„${setting}“ (${query}) wirkt nicht in einer Studie mit ${listed(methods)}: Die Zellen entlang dieser Achse wären gleich. Variiere eine andere Einstellung oder ${lacking}.`,
  methods: (methods) => `nimm einen Arm mit ${either(methods)}`,
  choice: (choice) => `stelle in einem Arm „${choice}“ ein`,
  otherSettings: 'ändere die Einstellungen daneben, die sie ausschalten',
  noMapSetting: (query) => `„${query}“ ist keine Einstellung, die eine Karte variieren kann.`,
};
