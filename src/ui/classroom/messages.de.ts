/** The words of class results in German. */
import { germanCount } from '../../core/counted.ts';
import type { CLASSROOM_WORDS } from './messages.ts';

export const classroom: typeof CLASSROOM_WORDS = {
  message: 'Jede Spalte ist die Studie einer Datei, jeder Punkt ein Seed oder ein Seed-Paar.',
  help: [
    'Jede Spalte ist eine Datei, jeder Punkt ein Seed (oder ein Paar von Seeds). Die Dateien wurden abgegeben, nicht hier gerechnet.',
    'Wenn alle andere Seeds genommen haben, zeigen die Punkte, wie viel an einem Ergebnis Zufall ist. Alle Adapter aus den Dateien stehen bei den Adaptern und lassen sich dort mergen.',
  ],
  files: (count) => germanCount(count, 'Datei', 'Dateien'),
  runs: (count) => germanCount(count, 'Lauf', 'Läufe'),
  shown: 'Gruppe: gezeigte Größe',
  empty: 'Keine der Dateien enthält diese Größe.',
  show: (student) => `${student} zeigen`,
  uniteWithShown: (seeds) => `Mit der gezeigten Studie vereinigen: ${seeds}`,
  uniteAll: (seeds) => `Zu einer Studie vereinigen: ${seeds}`,
  apart: (why) => `Die Dateien ergeben keine gemeinsame Studie. ${why}`,
  close: 'Gruppe schließen',
  metrics: {
    accuracy: { name: 'Genauigkeit', axis: 'Testgenauigkeit, %', sentence: 'Testgenauigkeit, %' },
    barrier: {
      name: 'Barriere',
      axis: 'Barriere auf dem Faktorpfad, Punkte',
      sentence: 'Barriere auf dem Faktorpfad, Punkte',
    },
    half: {
      name: 'Halbe Schichtzahl',
      axis: 'behaltener Gewinn mit jeder zweiten Schicht, %',
      sentence: 'Behaltener Gewinn mit jeder zweiten Schicht, %',
    },
  },
  point: (student, seeds, arm, value) => `${student}, Seed ${seeds}: ${arm} ${value}`,
  columns: { student: 'Datei', arm: 'Arm', seed: 'Seed' },
  mean: (arm, value, values) => `${arm} ${value} über ${germanCount(values, 'Wert', 'Werte')}`,
  reading: (metric, arms) => `${metric}: ${arms.join('; ')}.`,
  leftOut: (values) =>
    `${germanCount(values, 'Wert eines wiederholten Laufs zählt', 'Werte wiederholter Läufe zählen')} nicht mit.`,
  offer: {
    fits: (file, seeds) => `${file} hat die Einstellungen der gezeigten Studie und ${seeds}.`,
    fitsNoMore: (file) => `${file} passt nicht zu der Studie, die jetzt gezeigt wird.`,
    unite: (seeds) => `Vereinigen: ${seeds}`,
    showInstead: 'Stattdessen zeigen',
    leave: 'Datei beiseitelassen',
  },
};
