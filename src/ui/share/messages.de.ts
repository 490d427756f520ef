/** The words of sharing in German. */
import { germanCount } from '../../core/counted.ts';
import { listed } from '../../core/listed.ts';
import { integer } from '../../core/number-format.ts';
import type { SHARE_WORDS } from './messages.ts';

const runsOf = (count: number): string => (count === 1 ? '1 Lauf' : `${integer(count)} Läufen`);

export const share: typeof SHARE_WORDS = {
  copy: 'Kopieren',
  copied: 'Kopiert',
  copyField: (label) => `Kopieren: ${label}`,
  link: {
    label: 'Link zu diesem Ergebnis',
    length: 'Länge des Links',
    chat: 'Für Chats',
    whole: 'Alle Einzelheiten',
    choice: (name, characters) => `${name}, ${integer(characters)}`,
    copied: (characters) => `Link kopiert · ${integer(characters)} Zeichen`,
    copyIt: (characters) => `Link zum Kopieren · ${integer(characters)} Zeichen`,
    making: 'Der Link entsteht …',
    stillRuns: (step) =>
      `Die Studie läuft noch: Der Link enthält ${step === null ? 'das bisher Fertige' : `sie bis Schritt ${integer(step)}`}.`,
    lacks: (isRounded, lacksCurves) =>
      isRounded
        ? `Kurven sind gerundet; es fehlen ${lacksCurves ? 'einige Kurven, ' : ''}Bilder und Adapter.`
        : `Es fehlen ${lacksCurves ? 'einige Kurven, ' : ''}Bilder und Adapter.`,
    details: 'Einzelheiten',
    detailsAre: 'was der Link enthält',
    tooLong: (most) => `Manche Chatprogramme schneiden Links nach ${integer(most)} Zeichen ab: Nimm dort den kurzen.`,
    noShort: (most) =>
      `Manche Chatprogramme schneiden Links nach ${integer(most)} Zeichen ab, und schon die Einstellungen und Testwerte dieser Studie sind länger: Schick dort eine Datei.`,
    contents: (parts) => `Im Link: ${listed(parts)}; keine Bilder, keine Adapter.`,
    rounded: (parts) => `Gerundet: ${parts.join('; ')}.`,
    leavesOut: (parts) => `Im Link fehlt: ${listed(parts)}.`,
    qr: 'QR-Code eines Links zu diesem Ergebnis',
    qrComes: 'Hier erscheint sein QR-Code.',
    qrFailed: 'Der QR-Code konnte nicht erstellt werden: Kopiere stattdessen den Text.',
    qrHolds: (without) =>
      without.length > 0
        ? `Der QR-Code enthält einen kürzeren Link. Darin fehlt: ${listed(without)}.`
        : 'Der QR-Code enthält einen kürzeren Link.',
    noCode: (most) =>
      `Ein QR-Code fasst ${integer(most)} Zeichen, und schon die Einstellungen und Testwerte dieser Studie sind länger: Es gibt keinen.`,
  },
  contents: {
    settings: 'Einstellungen',
    classes: 'Namen der Klassen',
    training: (runs) => `Trainingskurven von ${runsOf(runs)}`,
    test: (runs) => `Testwerte von ${runsOf(runs)}`,
    confusions: 'welche Klasse für welche gehalten wurde',
    provenance: 'wann und auf welchem Gerät gerechnet wurde',
  },
  files: {
    title: 'Dateien',
    summary: 'vollständig, mit Adaptern',
    card: 'Karte',
    cardIs: 'ein Bild zum Weitergeben: das Ergebnis, sein Diagramm und ein Code, der hierher führt',
    study: 'Studiendatei',
    studyIs: (adapters) =>
      `Zip mit Einstellungen und Ergebnis, ${
        adapters > 0
          ? `mit ${germanCount(adapters, 'Adapter', 'Adaptern')}`
          : 'ohne Adapter (die gibt es hier erst nach einem Lauf)'
      }; zum Öffnen auf die Seite ziehen`,
    report: 'Bericht',
    reportIs: 'Webseite (englisch) mit allen Diagrammen und Tabellen, ohne Skript, überall zu öffnen',
    studyPictures: (areYours, hasTested) =>
      `mit ${areYours ? 'deinen Bildern' : 'Bildern der Studie'}: ${[
        ...(hasTested ? ['bis zu 48 Testbildern, verkleinert'] : []),
        ...(areYours ? ['einem Bild von jeder Klasse'] : []),
      ].join(', und ')}`,
    reportPictures: 'mit deinen Bildern: einem Bild von jeder Klasse',
    resultPictures: 'mit Bildern der Studie: bis zu 48 Testbildern, verkleinert',
    withPictures: (areYours) => `Dateien mit ${areYours ? 'deinen Bildern' : 'Bildern der Studie'}`,
    deviceNames: 'mit den Namen der Geräte im Klassenraum',
    result: 'Ergebnis',
    resultIs: 'JSON in voller Genauigkeit; zum Öffnen auf die Seite ziehen',
    citation: 'BibTeX',
    citationIs: 'zitiert diese Studie und die Papers, deren Methode sie zeigt',
    open: 'Datei öffnen …',
    openIs: 'eine Studiendatei oder ein Ergebnis, von hier oder von anderen',
    failed: (why) => `Die Datei konnte nicht erzeugt werden: ${why}`,
    notOurs: (name) => `${name} ist weder eine Studiendatei noch ein Ergebnis dieser Seite.`,
  },
  frame: {
    title: 'In eine Seite einbetten',
    summary: 'Folien, Kurse',
    everything: 'Alles',
    shows: 'Was der Rahmen zeigt',
    code: 'Code des Rahmens',
    note: 'Der Rahmen passt sich seiner Breite an, rechnet nichts und verweist auf das ganze Ergebnis.',
    named: (view) => `CopRA Playground: ${view}`,
  },
  card: {
    headline: (task, arms) => `${task}: ${germanCount(arms, 'Trainingsverfahren', 'Trainingsverfahren')}`,
    facts: ({ task, seeds, testImages }) =>
      `CopRA Playground · ${task} · je ${germanCount(seeds, 'Seed', 'Seeds')} · ${germanCount(testImages, 'Testbild', 'Testbilder')}`,
    invitation: 'Scannen: zur Studie',
    noCanvas: 'Dieser Browser kann auf keine Zeichenfläche zeichnen.',
  },
};
