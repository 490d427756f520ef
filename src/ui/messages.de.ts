/** The words of the page around its parts, and those beside numbers, in German. */
import { germanCount } from '../core/counted.ts';
import { integer } from '../core/number-format.ts';
import type { PAGE_WORDS } from './messages.ts';

export const page: typeof PAGE_WORDS = {
  languageFailed:
    'Die Sprache konnte nicht geladen werden, deshalb bleibt die Seite in der jetzigen. Prüfe die Verbindung und wähle noch einmal.',
  notStarted: (why) =>
    `CopRA Playground konnte nicht starten. Lade die Seite neu oder probiere einen anderen Browser. (${why})`,
  loadAgain: 'Neu laden',
  skipToResults: 'Zu den Ergebnissen springen',
  skipToRun: 'Zum Start springen',
  live: 'Live',
  results: 'Ergebnisse',
  study: 'Studie',
  drop: {
    title: 'Bilder hier ablegen',
    what: 'Ordner, Archive, Tabellen, Arrays: ein Ordner je Klasse oder Labels daneben. Sie bleiben auf deinem Gerät.',
  },
  part: {
    notLoaded: (loss) =>
      `Dieser Teil der Seite ließ sich nicht laden: Es gibt keine Verbindung, oder der Server hat inzwischen eine neuere Version. ${
        loss === 'lost'
          ? 'Versuch es noch einmal, sobald es eine Verbindung gibt, und lass die Seite offen: Neu geladen verlöre sie, was hier gerechnet wurde.'
          : `Versuch es noch einmal oder lade die Seite neu${loss === 'resumable' ? ': Die laufende Studie lässt sich danach fortsetzen' : ''}.`
      }`,
    failed: (why) => `Dieser Teil der Seite ist ausgefallen, der Rest läuft weiter. (${why})`,
    again: 'Noch einmal versuchen',
  },
  dismissError: 'Meldung schließen',
  dismissNotice: 'Hinweis schließen',
  shared: 'Dieses Ergebnis hat jemand geteilt. Für die Bilder und manche Einzelheiten ist im Link kein Platz.',
  leftOut: 'Was fehlt',
  showSaved: 'Gespeichertes Ergebnis zeigen',
  footer: {
    here: 'Alles läuft in diesem Browser.',
    stays:
      'Deine Bilder bleiben auf deinem Gerät, Adapter und Ergebnisse auch, solange du sie nicht veröffentlichst oder einem Klassenraum beitrittst; die Seite zählt keine Besuche.',
    method: 'Methode:',
    and: 'und',
    small:
      'Die Modelle hier sind klein: Erwarte die Richtung dessen, was die Papers gefunden haben, nicht ihre Zahlen.',
    artwork:
      'Bilder: Noto Emoji © Google (Apache 2.0), Twemoji © Twitter und Mitwirkende (CC BY 4.0), Fluent Emoji © Microsoft (MIT), EmojiTwo © die Mitwirkenden (CC BY 4.0), OpenMoji (CC BY-SA 4.0), FxEmojis © Mozilla (Apache 2.0). Quellen und Bedingungen in den',
    notice: 'Hinweisen',
    licence: 'MIT-Lizenz',
    built: 'wie sie gebaut ist',
  },
  resume: {
    analyses: 'Mit den Analysen fortsetzen',
    added: 'Mit den neuen Seeds fortfahren',
    at: (step) => `Bei Schritt ${integer(step)} fortsetzen`,
  },
  update: {
    ready:
      'Eine neue Version dieser Seite ist da. Einstellungen bleiben; Ergebnisse, die nicht gespeichert oder geteilt sind, und eigene Bilder, die nicht aufbewahrt sind, gehen verloren.',
    load: 'Neue Version laden',
  },
  problem: {
    evaluation:
      'Das sind die Einstellungen einer Auswertung: Ihre Adapter wurden anderswo trainiert und lassen sich damit nicht noch einmal trainieren. Wähle eine Vorlage.',
    newerSettings:
      'Diese Einstellungen stammen von einer neueren Version dieser Seite, und diese kennt nicht alle: Ein Lauf wäre eine andere Studie. Lade die Seite neu oder wähle eine Vorlage.',
    lookingForBackbone: 'Sucht das Backbone auf diesem Gerät.',
    noBackbone: (id) => `Das Backbone ${id} ist nicht auf diesem Gerät. Hol es unter Backbone oder wähle ein anderes.`,
    inputSize: (patchSize) =>
      `Die Eingabegröße muss ein Vielfaches der Patchgröße dieses Backbones sein, also von ${patchSize}.`,
    noImages: 'Bring zuerst deine Bilder mit, unter Aufgabe, oder wähle eine mitgelieferte Aufgabe.',
    unprepared: 'Bereite zuerst unter Aufgabe deine Bilder vor.',
    preparing: 'Deine Bilder werden vorbereitet. Warte auf sie.',
    unusable: 'Deine Bilder sind nicht zu gebrauchen. Unter Aufgabe steht, warum.',
    tooManyPlayers: (arm, vision, text, unit, most, mostPerTower) =>
      `${arm} hat ${vision + text} ${unit === 'module' ? 'Projektionen' : 'Schichten'}, davon ${vision} im Bild-Encoder und ${text} im Text-Encoder. Exakte Shapley-Werte gehen bis ${most}, und bis ${mostPerTower} in einem Encoder. Wähle einen Schätzer, der Stichproben zieht.`,
    outOfRange: (path, why) =>
      `Eine Einstellung ist außerhalb ihres Bereichs: ${path?.join(' › ') ?? 'Studie'}. ${why}.`,
  },
  aboutSeconds: (seconds) => `etwa ${seconds} s`,
  aboutMinutes: (minutes) => `etwa ${minutes} min`,
  aboutHours: (hours) => `etwa ${hours} h`,
  seeds: (count, seeds) => `${count === 1 ? 'Seed' : 'Seeds'} ${seeds}`,
  seedCount: (count) => germanCount(count, 'Seed', 'Seeds'),
  unknownDate: 'unbekanntes Datum',
  ahead: 'zu einer Zeit, die die Uhr dieses Geräts noch nicht erreicht hat',
  justNow: 'gerade eben',
  minutesAgo: (minutes) => `vor ${germanCount(minutes, 'Minute', 'Minuten')}`,
  hoursAgo: (hours) => `vor ${germanCount(hours, 'Stunde', 'Stunden')}`,
  daysAgo: (days) => `vor ${germanCount(days, 'Tag', 'Tagen')}`,
};
