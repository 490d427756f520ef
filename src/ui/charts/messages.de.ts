/** The words of every chart in German. */
import { germanCount } from '../../core/counted.ts';
import type { CHARTS_WORDS } from './messages.ts';

export const charts: typeof CHARTS_WORDS = {
  better: {
    up: '↑ höher ist besser',
    down: '↓ niedriger ist besser',
    right: '→ weiter rechts ist besser',
    left: '← weiter links ist besser',
  },
  howToRead: (title) => `so liest man „${title}“`,
  download: (title, format) => `${title}: als ${format} herunterladen`,
  holds: {
    PNG: 'Hell, mit Titel, Legende und Stichprobengrößen: für Folien und Arbeiten',
    SVG: 'Hell, mit Titel, Legende und Stichprobengrößen: für Folien und Arbeiten, bearbeitbar',
    CSV: 'Alle Zahlen der Abbildung',
  },
  dataTable: (rows) => `Datentabelle (${germanCount(rows, 'Zeile', 'Zeilen')})`,
  dataOf: (title) => `${title}: Daten`,
  more: 'Mehr',
  moreOn: (title) => `Mehr: ${title}`,
  show: 'Zeigen',
  hide: 'Verbergen',
  foldOf: (does, title) => `${does}: ${title}`,
  notHeld: 'Dieses Ergebnis enthält das nicht.',
  whyAbsent: {
    none: 'Die Studie endete, ohne das zu berechnen.',
    live: 'Die Studie endete, ohne das zu berechnen.',
    united: 'Seit die Studien vereinigt wurden, ist das nicht berechnet worden.',
    saved: 'Die gespeicherte Studie lässt das weg.',
    file: 'Die Studie endete, ohne das zu berechnen, oder das Programm, das die Datei schrieb, ließ es weg.',
    link: 'Die Studie endete, ohne das zu berechnen, oder der Link hatte keinen Platz dafür. Eine Studiendatei hat Platz für alles.',
  },
  loading: 'Lädt …',
  earlier: 'vorher',
  testAxes: { accuracy: 'Testgenauigkeit, %', loss: 'Test-Loss, Nats' },
  references: {
    'zero-shot': 'Zero-Shot',
    'head only': 'nur der Kopf',
    chance: 'Zufall',
    'single-mean': 'einzelne Läufe des Arms: Mittel',
    'single-best': 'bester Lauf',
    chord: 'Sehne (gerade Linie)',
    'all-on': 'alle Schichten an',
  },
  chanceBelow: (percent) => `Zufall ${percent} % ↓`,
  valueAt: (name, place, value) => `${name} bei ${place}: ${value}`,
};
