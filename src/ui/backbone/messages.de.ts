/** The words of backbones in German. */
import { germanCount } from '../../core/counted.ts';
import type { BACKBONE_WORDS } from './messages.ts';

const runs = (count: number): string => germanCount(count, 'Lauf', 'Läufe');
const images = (count: number): string => germanCount(count, 'Bild', 'Bilder');

const boundStays = (limit: string | null): string =>
  limit === null ? 'Es gibt keine Grenze.' : `Die Grenze bleibt bei ${limit}.`;

export const backbone: typeof BACKBONE_WORDS = {
  take: 'Nehmen',
  get: 'Holen',
  takeThis: (name) => `${name} nehmen`,
  getThis: (name) => `${name} holen`,
  costs: (size, memory, time, licence) =>
    `${size} zu laden · Speicher etwa ${memory}${time === null ? '' : ` · Schritt etwa ${time}`} · Lizenz ${licence ?? 'nicht angegeben'}`,
  lacksFiles: 'In diesem Ordner ist kein Modell: Nötig sind config.json und eine .safetensors-Datei.',
  studyAsSet: (runCount, imageCount) =>
    `Speicher und Zeit je Schritt gelten für die Studie, wie sie eingestellt ist: ${runs(runCount)} × ${images(imageCount)}. Weniger Seeds, ein kleinerer Batch oder eine kleinere Eingabe brauchen von beidem weniger.`,
  curated: 'Backbones, die hier gut laufen',
  any: 'Ein beliebiges CLIP, ViT oder DINOv2: Name auf dem Hub oder Adresse',
  anyPlaceholder: 'owner/name@revision',
  orDrop:
    'Oder leg den Ordner eines Modells (config.json und .safetensors) auf dieser Seite ab. Geladen wird nur, was nötig ist; Modelle und Bilder bleiben auf diesem Gerät.',
  chooseFolder: 'Ordner eines Modells wählen',
  hub: 'Adresse des Hubs',
  noHub: (address) => `„${address}“ ist keine Adresse eines Hubs: Sie beginnt mit https://.`,
  memoryLimit: 'Speicher, den ein Training auf diesem Gerät belegen darf, in GB',
  memoryLimitPlaceholder: 'was das Gerät erlaubt',
  noAmount: (text, limit) =>
    `„${text}“ ist keine Angabe für Speicher: Schreibe eine Zahl in GB, etwa 2 oder 1,5, oder nichts. ${boundStays(limit)}`,
  twoAmounts: (text, limit) =>
    `„${text}“ lässt sich auf zwei Arten lesen: Schreibe die Zahl ohne Trennzeichen zwischen den Tausendern oder mit weniger Nachkommastellen. ${boundStays(limit)}`,
  facts: {
    kind: 'Art',
    vision: 'Bild',
    text: 'Text',
    tower: (layers, width, heads) =>
      `${germanCount(layers, 'Schicht', 'Schichten')} × ${width}, ${germanCount(heads, 'Attention-Kopf', 'Attention-Köpfe')}`,
    noText: 'keiner: ein Kopf wird trainiert',
    input: 'Eingabe',
    inputSize: (side, tokens) => `${side} × ${side} px, ${tokens} Tokens`,
    size: 'Größe',
    parameters: (parameters, size) => `${parameters} Parameter, ${size}`,
    memory: 'Speicher',
    memoryPlan: 'Damit es passt',
    memoryFor: (memory, runCount, imageCount) => `etwa ${memory} für ${runs(runCount)} × ${images(imageCount)}`,
    step: 'Schritt',
    stepHere: (time) => `etwa ${time} auf diesem Gerät`,
    licence: 'Lizenz',
    noLicence: 'nicht angegeben',
    revision: 'Revision',
    confirmed: '· wie der Hub sie nennt',
  },
  onDevice: {
    label: 'Modelle auf diesem Gerät',
    none: 'Noch keine: Das mitgelieferte Backbone ist Teil der Seite.',
    unfinished: (size, total) => `unvollständig: ${size}${total === null ? '' : ` von ${total}`}`,
    inUse: ' · in Gebrauch',
    continue: 'Fortsetzen',
    continueThis: (name) => `${name} fortsetzen`,
    delete: 'Löschen',
    deleteThis: (name) => `${name} löschen`,
    space: (used, free) => `${used} belegt${free === null ? '' : `, ${free} frei für diese Seite`}.`,
  },
  prompts: {
    title: 'Prompts',
    default: 'a picture of …',
    summary: (templates, own) =>
      `${germanCount(templates, 'Vorlage', 'Vorlagen')}${own > 0 ? `, ${germanCount(own, 'eigener Prompt einer Klasse', 'eigene Prompts von Klassen')}` : ''}`,
    templates: 'Vorlagen, eine je Zeile; {} ist der Name der Klasse',
    incomplete: 'Jede Vorlage braucht {}, wo der Name der Klasse steht.',
    averagedFrozen:
      'Mehrere Vorlagen werden nur gemittelt, solange der Text-Encoder eingefroren ist: Behalte eine, oder lass die Arme nur den Bild-Encoder anpassen.',
    averaged: 'Die Merkmale der Vorlagen werden für jede Klasse gemittelt.',
    ofOne: 'Prompt einer einzelnen Klasse',
    back: 'Zurück zu den Standard-Prompts',
  },
  transfer: {
    getting: (name) => `Holt ${name}`,
    starting: 'beginnt',
    describe: 'liest die Beschreibung',
    weights: 'lädt',
    check: 'prüft',
    soFar: (phase, done) => `${phase}: ${done}`,
    of: (phase, done, total) => `${phase} ${done} von ${total}`,
    left: (time) => `noch ${time}`,
    cancel: 'Abbrechen',
  },
};
