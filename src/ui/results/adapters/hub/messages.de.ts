/** The words around published adapters, in German. */
import type { HUB_ADAPTER_WORDS } from './messages.ts';

export const hubAdapters: typeof HUB_ADAPTER_WORDS = {
  title: 'Veröffentlichte Adapter',
  onDevice: (count) => `${count} auf diesem Gerät`,
  names: 'Adapter auf dem Hub: Namen oder Adressen',
  namesHelp: 'Nenne mehrere auf einmal, einen je Zeile; ein Repository ohne Ordner steht für alle Adapter darin.',
  placeholder: 'owner/name@revision',
  get: 'Öffnen',
  intro:
    'Adapter, die andere für CLIP, ViT oder DINOv2 trainiert und mit PEFT gespeichert haben. Sie werden zu einem festen Commit geladen, mit dem SHA-256 verglichen, den der Hub nennt, und bleiben auf diesem Gerät.',
  sets: 'Sammlungen veröffentlichter Adapter',
  setOf: (name, count) => `${name}: ${count} Adapter`,
  forBackbone: (backbone) => `für ${backbone}`,
  getSet: (name) => `Alle von ${name} öffnen`,
  stored: 'Adapter auf diesem Gerät',
  unfinished: (size, goesOn) =>
    `unvollständig: ${size}. Öffne die Adapter noch einmal unter ihrem Namen, dann ${goesOn ? 'kommt der Rest' : 'kommen sie ganz'}.`,
  open: 'Öffnen',
  openAll: 'Alle öffnen',
  openOne: (name) => `${name} öffnen`,
  remove: 'Löschen',
  removeOne: (name) => `${name} löschen`,
  confirmed: 'SHA-256 wie vom Hub genannt',
  licence: (licence) => `Lizenz ${licence}`,
  otherBase: (count, trained, chosen) =>
    count === 1
      ? `Dieser Adapter wurde für ${trained} trainiert, die Studie verwendet ${chosen}.`
      : `Diese ${count} Adapter wurden für ${trained} trainiert, die Studie verwendet ${chosen}.`,
  getBase: (backbone) => `${backbone} laden und öffnen`,
  openAnyway: 'Mit dem gewählten Backbone öffnen',
  leave: 'Nicht öffnen',
  publish: 'Einen Adapter veröffentlichen',
  publishIntro:
    'Schreibt einen Adapter in ein Repository von dir auf dem Hub: den PEFT-Ordner, seine Karte und wie er trainiert wurde, mit den Namen der Klassen und ihren Prompts, in einem Commit. Kein Bild geht mit. In einem Repository, das es schon gibt, werden Dateien gleichen Namens ersetzt; was am Kopf seiner Karte steht, etwa die Lizenz, bleibt.',
  adapter: 'Adapter',
  repository: 'Repository: owner/name',
  token: 'Dein Token mit Schreibrecht',
  tokenNote:
    'Das Token geht an den Hub und sonst nirgends hin. Es wird nicht gespeichert und beim Schließen der Seite vergessen.',
  private: 'Privat, falls das Repository neu ist',
  withStudy: 'Mit der Studie, als Datei, die sie hier öffnet',
  studyHolds: (adapters) =>
    `Die Studie geht als copra-study.zip mit: ihre Einstellungen, Namen der Klassen und Prompts, ihre Ergebnisse mit der Antwort zu jedem Testbild, wann und auf welchem Gerät gerechnet wurde, und ${adapters} Adapter. Die Namen der Geräte eines Klassenraums bleiben hier.`,
  publishNow: (hub) => `Auf ${hub} veröffentlichen`,
  publishing: (file, share) => `Sendet ${file}: ${share}`,
  preparing: 'Die Dateien werden vorbereitet',
  cancel: 'Abbrechen',
  published: (repo, commit) => `Veröffentlicht als ${repo}@${commit}.`,
  running: 'Eine Studie läuft: Ihr Backbone lässt sich danach wechseln.',
};
