/** What people are told about links to results, in German. */
import { listed } from '../../core/listed.ts';
import { integer } from '../../core/number-format.ts';
import type { LINK_WORDS } from './messages.ts';

const TABLES = 'Zahlen, die nur in Datentabellen stehen (Loss der Validierungen und beschnittener Adapter),';
const ERRORS = 'Fehler der Shapley-Werte';
const CURVES = 'Kurven von Training und Pruning';
const DISTANCES = 'Abstände zwischen Adaptern';
const PATHS = 'Punkte der Pfade zwischen Adaptern';
const BARS = 'Shapley-Werte';

const lossCurves = (points: number): string => `Loss-Kurven in allen Einzelheiten (${points} Punkte bleiben)`;
const analyses = (most: string): string => `Analysen von mehr als ${most} je Arm`;

export const LINK_WORDS_DE: typeof LINK_WORDS = {
  reductions: {
    1: 'das Aktivierungsband (welche Schicht in welchem Schritt aktiv war)',
    2: 'die Namen der Klassen, die zu viele oder zu lang sind',
    3: 'Ergebnisse von Armen, die nicht zur Konfiguration gehören',
    4: lossCurves(64),
    5: lossCurves(32),
    6: lossCurves(24),
    7: lossCurves(16),
    8: analyses('vier Seeds (Paaren)'),
    9: analyses('zwei Seeds (Paaren)'),
    10: analyses('einem Seed (Paar)'),
    11: 'die Loss- und Validierungskurven',
    12: 'die Landschaften, Shapley-Werte und Pruning-Kurven',
    13: 'die meisten Punkte der Validierungskurven',
    14: lossCurves(8),
    15: 'die gemergten Adapter aller Seeds',
    16: 'die Aggregationsfehler des föderierten Trainings',
    17: 'das föderierte Training',
    18: 'Adapter aus dem Verlauf des Trainings, zwischen denen Abstände bekannt sind',
    19: 'Pfade mit ausgerichteten Faktoren und auf Trainingsbildern',
    20: 'die Ebenen durch drei Adapter',
    21: 'die Abstände zwischen Adaptern',
    24: 'die über Aufgaben gemergten Adapter',
    30: `${TABLES} auf 1 %`,
    31: `${ERRORS} auf 3 %`,
    32: `${CURVES} auf 1 %`,
    33: `${PATHS} auf 1 %`,
    34: `${BARS} auf 0,4 %`,
    35: `${TABLES} auf 4 %`,
    36: `${ERRORS} auf 8 %`,
    37: `${BARS} auf 1 %`,
    38: `${PATHS} auf 2 %`,
    39: `${TABLES} auf 8 %`,
    40: `${CURVES} auf 2 %`,
    41: `${PATHS} auf 4 %`,
    42: `${BARS} auf 2 %`,
    43: `${CURVES} auf 4 %`,
    44: `${CURVES} auf 4 % oder zwei Bilder`,
    45: 'jeder zweite Punkt der Pfade zwischen Adaptern',
    46: 'das Pruning einzelner Gewichte',
    47: 'die Pruning-Kurven',
    48: 'die Shapley-Werte',
    49: 'die Landschaften',
    50: `${PATHS} auf 4 % oder zwei Bilder`,
    51: `${CURVES} auf 4 % oder vier Bilder`,
    52: `${PATHS} auf 4 % oder vier Bilder`,
    53: 'Genauigkeiten der über Aufgaben gemergten Adapter auf zwei Bilder',
    54: `${DISTANCES} auf 0,3 %`,
    55: `${DISTANCES} auf 2 %`,
    56: 'die Interaktionen und die Gruppen von Schichten',
    60: 'die Tests auf anderen Domänen',
    61: 'Pfade und ein Teil der Schichten auf anderen Domänen',
    66: 'die Spektren der Updates',
    67: 'die Schärfe der Minima',
    68: 'die Messungen entlang des Trainings',
    70: 'welche Klasse für welche gehalten wurde',
    74: 'die Zeiten der Trainingsschritte',
    76: 'die Interaktionen und die Gruppen von Schichten aller Seeds bis auf drei',
    77: analyses('vier Seeds (Paaren)'),
    78: analyses('zwei Seeds (Paaren)'),
    79: analyses('einem Seed (Paar)'),
    80: 'welche Klasse von Armen, für die kein Platz ist, für welche gehalten wurde',
  },
  unknownReduction: 'etwas, das diese Version nicht kennt',
  leavesOut: (what) => `Im Link fehlt: ${what}.`,
  rounds: (what) => `Im Link gerundet: ${listed(what)}.`,
  newer: 'Der Link stammt von einer neueren Version dieser Seite; Teile davon werden nicht gezeigt.',
  tooLarge: 'Diese Studie ist zu groß für einen Link. Speichere stattdessen eine Studiendatei.',
  noResult: 'In dieser Adresse steckt kein Ergebnis.',
  tooLong: (characters) => `Dieser Link ist zu lang, um von hier zu stammen (${integer(characters)} Zeichen).`,
  invalid: (why) => `Dieser Link enthält kein gültiges Ergebnis: ${why}`,
  otherFormat: (format, ours) =>
    `Dieser Link hat das Format ${format}; diese Seite liest die Formate 1 und ${ours}. Lade die Seite neu oder öffne den Link in der Version, die ihn gemacht hat.`,
  shortened: 'Dieser Link wurde für die Anzeige gekürzt. Kopiere die Adresse des Links statt seines Textes.',
  cutOff: (characters, of) => `Dieser Link kam abgeschnitten an: ${integer(characters)} von ${integer(of)} Zeichen.`,
  cutOffEarly: (characters) => `Dieser Link kam abgeschnitten an: Nur ${integer(characters)} Zeichen sind übrig.`,
  added: (characters) => `Dieser Link hat ${integer(characters)} Zeichen zu viel: Unterwegs wurde etwas angehängt.`,
  altered: (why) => `Dieser Link wurde unterwegs verändert: ${why}`,
  alteredAt: (character) => `Dieser Link wurde unterwegs verändert: Sein Zeichen ${character} gehört dort nicht hin.`,
  alteredStart: 'Dieser Link wurde unterwegs verändert: Seine ersten Zeichen passen nicht zusammen.',
  alteredSum: 'Dieser Link wurde unterwegs verändert: Seine Prüfsumme stimmt nicht.',
};
