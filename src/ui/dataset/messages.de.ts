/** The words of the reader's own images in German. */
import { germanCount } from '../../core/counted.ts';
import { integer } from '../../core/number-format.ts';
import type { DATASET_WORDS } from './messages.ts';

const images = (count: number): string => germanCount(count, 'Bild', 'Bilder');
const classes = (count: number): string => germanCount(count, 'Klasse', 'Klassen');

export const dataset: typeof DATASET_WORDS = {
  bring: {
    own: 'Deine eigenen Bilder:',
    how: 'Leg sie irgendwo auf dieser Seite ab oder füge sie ein: Ordner, zip, tar, parquet, CSV, NumPy, MNIST- oder CIFAR-Dateien. Sie bleiben auf deinem Gerät; Bilder werden nie gesendet.',
    chooseFolder: 'Ordner wählen',
    chooseFiles: 'Dateien wählen',
    fromAddress: 'Von einer Adresse oder einem Hub',
    stored: (count) => germanCount(count, 'Datensatz', 'Datensätze'),
  },
  address: {
    invalid: (text) => `„${text}“ ist weder eine Adresse, die mit https:// beginnt, noch ein Name der Form owner/name.`,
    label: 'Adresse einer Datei oder Name eines Datensatzes auf dem Hub',
    placeholder: 'https://… oder owner/name',
    open: 'Öffnen',
    note: 'Geladen wird nur, was nötig ist, und zwar direkt von dort auf diese Seite. owner/name@version wählt eine von mehreren Versionen.',
  },
  refused: {
    label: 'Was nicht übernommen werden konnte',
    text: (what) =>
      `${what === '' ? 'Was du abgelegt hast,' : `„${what}“`} wurde nicht übernommen. Alles ist, wie es war.`,
    close: 'Meldung schließen',
  },
  camera: {
    ended: 'Die Kamera wurde ausgeschaltet oder getrennt. Starte sie noch einmal.',
    view: 'Was die Kamera sieht',
    take: 'Bild aufnehmen',
    takeMany: (count) => `${count} aufnehmen`,
    stopMany: (left) => `Beenden, noch ${left}`,
    stop: 'Kamera ausschalten',
    start: 'Kamera einschalten',
    waiting: 'Wartet auf deine Erlaubnis',
    for: 'Für',
    move: '. Bewege und drehe den Gegenstand zwischen den Aufnahmen: Aus fast gleichen lernt man wenig.',
    unusable:
      'Diese Seite kann keine Kamera verwenden: Browser erlauben es nur bei Adressen mit https:// und bei localhost.',
    forbidden:
      'Die Kamera ist für diese Seite nicht erlaubt. Erlaube sie neben der Adresse (am Symbol für Kamera oder Einstellungen) und schalte sie noch einmal ein. Bilder lassen sich auch einfügen oder auswählen.',
    notFound:
      'Keine Kamera gefunden. Schließ eine an und starte sie noch einmal, oder füge Bilder ein oder wähle welche.',
    busy: 'Ein anderes Programm benutzt die Kamera. Schließ es und starte sie noch einmal.',
    failed: (why) => `Die Kamera lässt sich nicht öffnen: ${why}.`,
  },
  classes: {
    label: 'Klassen',
    prompts: 'Aus Namen werden Prompts: „a picture of …“.',
    note: 'Gleiche Namen vereinigen Klassen; eine abgewählte Klasse bleibt weg.',
    useAll: 'Alle nehmen',
    leaveAll: 'Alle weglassen',
    showAll: (count) => `Alle ${classes(count)} zeigen`,
    use: (name) => `Klasse ${name} verwenden`,
    nameOf: (name) => `Name der Klasse ${name}`,
    images: (count) => (count === 1 ? 'Bild' : 'Bilder'),
    sides: (train, validation, test) =>
      `${integer(train)} Training · ${integer(validation)} Validierung · ${integer(test)} Test`,
    merged: 'Vereinigt mit der Klasse desselben Namens.',
    picture: (name, number) => `${name}, Bild ${number}`,
  },
  collect: {
    title: 'Kamera und einzelne Bilder',
    pictures: images,
    note: (least) =>
      `Nimm Bilder auf, füge sie ein (Strg+V oder ⌘V) oder wähle Dateien; sie kommen in die ausgewählte Klasse. Mindestens nötig sind zwei Klassen mit je ${least} Bildern; 20 je Klasse sind ein guter Anfang.`,
    classes: 'Klassen deiner Bilder',
    addClass: 'Klasse hinzufügen',
    use: 'Diese Bilder verwenden',
    tooFew:
      'So wenige Bilder reichen nicht zum Trainieren. Die Adapter auf der Seite können sagen, was sie im neuesten sehen.',
    ask: 'Die Adapter fragen',
    removeClass: (name) => `Klasse ${name} entfernen`,
    unreadable:
      'Einige davon kann dieser Browser nicht lesen; sie bleiben weg. Fotos eines iPhones sind oft HEIC, das nur Safari liest: Speichere sie als JPEG.',
    choose: 'Bilder wählen',
    select: 'Auswählen',
    selected: 'Ausgewählt',
    removePicture: (number, name) => `Bild ${integer(number)} von ${name} entfernen`,
  },
  card: {
    emptyButKept: (sets) =>
      `Noch keine Bilder: Sie sind weder in einem Link noch in einer Studiendatei. Auf diesem Gerät ${sets === 1 ? 'ist ein Datensatz' : `sind ${germanCount(sets, 'Datensatz', 'Datensätze')}`} gespeichert.`,
    empty:
      'Noch keine Bilder: Sie sind weder in einem Link noch in einer Studiendatei. Bring sie zum Rechnen wieder mit.',
    label: 'Dein Datensatz',
    readSoFar: 'Bisher wurden nur Namen, Labels und einige Vorschaubilder gelesen.',
    prepare: (count) => `${images(count)} vorbereiten`,
    nameOf: 'Name deines Datensatzes',
    remove: 'Diese Bilder von der Seite entfernen',
    amounts: (imageCount, classCount, size) =>
      `${images(imageCount)}, ${classes(classCount)}${size === null ? '' : ` · ${size}`}`,
    phases: {
      empty: '',
      listing: 'sieht die Dateien an',
      planned: 'gefunden',
      preparing: 'bereitet vor',
      ready: 'bereit',
      failed: 'noch nicht verwendbar',
    },
    layout: (layout, perClass) => {
      if (perClass === null) return `Aufbau: ${layout}.`;
      const [least, most] = perClass;
      return `Aufbau: ${layout}, je Klasse ${least === most ? images(most) : `${integer(least)} bis ${images(most)}`}.`;
    },
  },
  progress: {
    loading: 'Lädt',
    decoding: 'Dekodiert',
    of: (what, amount) => `${what} ${amount}`,
    amount: (done, total) => `${done} von ${total}`,
    looking: 'Sieht Namen und Labels an',
    starting: 'Beginnt',
    cancel: 'Abbrechen',
  },
  keep: {
    kept: 'Auf diesem Gerät gespeichert für deinen nächsten Besuch.',
    smaller: 'Auf diesem Gerät gespeichert, aber kleiner, als dieses Backbone die Bilder nimmt.',
    changed: 'Deine Änderungen seitdem sind noch nicht gespeichert.',
    unkept: 'Weg, sobald diese Seite geschlossen wird, wenn du sie nicht behältst.',
    keepLarger: 'Größer behalten',
    keepChanges: 'Änderungen behalten',
    keep: 'Auf diesem Gerät behalten',
  },
  labels: {
    from: 'Klassen aus',
    column: 'Spalte, die die Klassen nennt',
    values: (count, examples, isAll) =>
      `${germanCount(count, 'Wert', 'Werte')}: ${examples.join(', ')}${isAll ? '' : ' …'}`,
  },
  problems: {
    times: (message, times) => `${message} (${integer(times)}-mal)`,
    notes: (count) => `${germanCount(count, 'Hinweis', 'Hinweise')} zu deinen Dateien`,
    label: 'Hinweise zu deinen Dateien',
    which: (files) => (files === 1 ? 'Welche Datei' : `Welche ${integer(files)} Dateien`),
  },
  reading: {
    inDoubt: 'Tabelle und Ordner widersprechen sich. Wer nennt die Klassen?',
    whichLevel:
      'Die Ordner haben zwei Ebenen. Welche nennt die Klassen? Aus der anderen werden Domänen, von denen sich einige zurückhalten lassen.',
    choice: 'Wer die Klassen nennt',
    table: (name) => `Tabelle ${name}`,
    folders: 'Ordner',
    inner: 'Innere Ordner',
    outer: 'Äußere Ordner',
    amounts: (imageCount, classCount, examples, isAll) =>
      `${images(imageCount)}, ${classes(classCount)}${examples.length > 0 ? `: ${examples.join(', ')}${isAll ? '' : ' …'}` : ''}`,
  },
  split: {
    test: 'Testanteil',
    validation: 'Validierungsanteil',
    seed: 'Seed der Aufteilung',
    seedHelp:
      'Zieht die zurückgehaltenen Bilder jeder Klasse, und die verwendeten, wo es zu viele sind. Bilder, die fast gleich aussehen, bleiben auf einer Seite. Sind es mehr als zwei und über ein Zehntel ihrer Klasse, werden sie aufgeteilt, und ein Hinweis nennt die auf beiden Seiten.',
    sides: (train, validation, test) =>
      `${integer(train)} zum Trainieren, ${integer(validation)} zum Validieren, ${integer(test)} zum Testen.`,
    own: 'Die Aufteilung stammt aus dem Datensatz.',
    ofStudy: 'Die Aufteilung ist die der Studie.',
    ownTest: 'Die Testbilder legt der Datensatz fest; der Anteil gilt für seine übrigen Bilder.',
    ownValidation: 'Die Validierungsbilder legt der Datensatz fest; der Anteil gilt für seine übrigen Bilder.',
    download: 'Diese Aufteilung herunterladen (CSV)',
  },
  domains: {
    title: 'Andere Domänen',
    note: 'Nur getestet, nie trainiert: Hilft das Gelernte auch dort? Die Abbildungen stehen unter „Andere Domänen“.',
    from: 'Domänen aus',
    column: 'Spalte, die die Domänen nennt',
    noColumn: 'Keine Spalte',
    noColumnNote: 'die Bilder sind eine Domäne',
    heldOut: 'Vom Training zurückhalten',
    group: (name, count) => `${name}, ${images(count)}`,
    added: (count) => `${images(count)} dieser Klassen`,
    tested: (name, count) => `${name}: ${germanCount(count, 'Testbild', 'Testbilder')}`,
    another: 'Ein anderer Datensatz mit diesen Klassen:',
    adding: 'Der andere Datensatz wird gelesen',
    remove: (name) => `Nicht auf ${name} testen`,
    notAdded: (what) => `${what === '' ? 'Er' : `„${what}“`} wurde nicht hinzugefügt. Alles ist, wie es war.`,
  },
  stored: {
    title: 'Datensätze auf diesem Gerät',
    newName: 'Neuer Name des Datensatzes',
    save: 'Speichern',
    incomplete: 'Unvollständig gespeichert',
    facts: (imageCount, classCount, side, size, date) =>
      `${images(imageCount)}, ${classes(classCount)} · ${side} px · ${size} · ${date}`,
    incompleteFacts: (size) => `${size}: Die Seite wurde währenddessen geschlossen, oder der Platz reichte nicht`,
    inUse: ' · in Gebrauch',
    sure: 'Endgültig löschen?',
    yes: (name) => `Ja, ${name} löschen`,
    no: 'Nein',
    open: 'Öffnen',
    openThis: (name) => `${name} öffnen`,
    rename: 'Umbenennen',
    renameThis: (name) => `${name} umbenennen`,
    delete: 'Löschen',
    deleteThis: (name) => `${name} löschen`,
    none: 'Noch keine. Wenn deine Bilder bereit sind, speichert „Auf diesem Gerät behalten“ sie hier für den nächsten Besuch.',
    note: (free) =>
      `Von diesem Browser für diese Seite gespeichert und nie irgendwohin gesendet${free === null ? '' : `; ${free} sind frei`}. Wer die Daten der Seite löscht, löscht auch sie.`,
  },
};
