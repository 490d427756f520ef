/** The words of “Try your own” in German. */
import { germanCount } from '../../../core/counted.ts';
import type { OWN_WORDS } from './messages.ts';

export const own: typeof OWN_WORDS = {
  help: [
    'Ein Bild von dir, ein Testbild oder das, was deine Kamera sieht: Das Backbone und jeder Arm sagen, was darauf ist. Nichts verlässt dieses Gerät. Das Backbone sieht das Bild so klein, wie es hier gezeichnet ist.',
    'λ führt vom Adapter eines Seeds zu dem eines anderen. Eine ausgeschaltete Schicht ist die des eingefrorenen Backbones. Beides wirkt auf alle Adapter zugleich und ab der nächsten Antwort.',
  ],
  message: 'Zeig ein Bild und sieh, wofür das Backbone und jeder Arm es halten.',
  reading: 'Zieh eines hierher, füge es ein, wähle eine Datei oder nimm die Kamera.',
  sources: 'Woher das Bild kommt',
  choose: 'Bild wählen',
  paste: 'Einfügen',
  pasted: 'Das eingefügte Bild',
  camera: 'Kamera',
  stopCamera: 'Kamera aus',
  testPicture: 'Ein Testbild',
  nextTestPicture: 'Noch ein Testbild',
  caption: (number, label) => (label === null ? `Testbild ${number}` : `Testbild ${number}: ${label}`),
  running: 'Eine Studie läuft: Dein Bild wird klassifiziert, wenn sie zu Ende ist.',
  asking: 'Wird klassifiziert …',
  meta: (answers) => `ein Bild, ${germanCount(answers, 'Antwort', 'Antworten')}`,
  none: 'Nur das Backbone antwortet: Links und die meisten gespeicherten Ergebnisse enthalten keine Adapter. Rechne die Studie hier oder öffne ihre Studiendatei.',
  seen: 'Was die Kamera sieht',
  looking: 'Wird angesehen …',
  rate: (frames) => `${frames} Bilder pro Sekunde`,
  cameraEnded: 'Die Kamera wurde ausgeschaltet oder getrennt. Starte sie noch einmal.',
  says: (name) => `${name} sagt`,
  whole: (label, share) => `Mit allen Schichten: ${label}, ${share}`,
  noClassifier: 'Für diese Klassen fehlt ein Klassifikator.',
  run: (arm, seed) => `${arm}, Seed ${seed}`,
  adapters: {
    merge: 'Adapter mergen',
    merged: (count) => `${germanCount(count, 'Adapter', 'Adapter')} als einer`,
    noneTicked: 'keiner angekreuzt',
    toMerge: 'Adapter, die gemergt werden',
    mergeable: 'Zwei oder mehr werden zu gleichen Teilen ein Adapter, der neben den anderen antwortet.',
    notMergeable: 'LoRA- und DoRA-Adapter haben keine gemeinsame Form: Kreuze Adapter einer Art an.',
    ends: ['Seed bei λ = 0', 'Seed bei λ = 1'],
    lambda: 'λ, von Seed zu Seed',
    averaging: 'Wie Adapter gemittelt werden',
    averages: {
      factors: { name: 'A, B mitteln', description: 'Der Faktorpfad: A und B beider Adapter, jedes für sich.' },
      updates: { name: 'B·A mitteln', description: 'Der Produktpfad: die Änderungen der Gewichte.' },
    },
    towers: {
      vision: {
        name: 'Bildschichten',
        label: 'Schichten des Bild-Encoders',
        layer: (number) => `Schicht ${number} des Bild-Encoders`,
      },
      text: {
        name: 'Textschichten',
        label: 'Schichten des Text-Encoders',
        layer: (number) => `Schicht ${number} des Text-Encoders`,
      },
    },
    sets: 'Gruppen von Schichten',
    allOn: 'Alle an',
    everyOtherOff: 'Jede zweite aus',
  },
  words: {
    label: 'Was könnte es sonst sein?',
    placeholder: 'ein Wort',
    add: 'Hinzufügen',
    remove: (word) => `${word} entfernen`,
    unknown: (words) =>
      `Der Text-Encoder hat ${words.map((word) => `„${word}“`).join(', ')} nie gesehen: Was er dazu sagt, bedeutet wenig.`,
  },
  problems: {
    noPicture:
      'Diese Datei ist kein Bild. Wähle ein Foto oder eine Zeichnung: JPEG, PNG, WebP, GIF, AVIF, BMP oder SVG.',
    noClipboard:
      'Dieser Browser lässt die Seite die Zwischenablage nicht lesen. Drück hier Strg + V (⌘ V) oder wähle eine Datei.',
    clipboardFailed: (why) =>
      `Die Zwischenablage kann nicht gelesen werden (${why}). Erlaube es dieser Seite, drück hier Strg + V (⌘ V) oder wähle eine Datei.`,
    emptyClipboard:
      'In der Zwischenablage ist kein Bild. Kopiere eines (nicht seinen Dateinamen oder seine Adresse) und füge es noch einmal ein.',
  },
};
