/** Names of settings and words of their values in German. */
import type { SETTING_VALUES, SettingNames } from './messages.ts';
import type { SettingQuery } from './query.ts';

const PATHS = { factor: 'Faktor', product: 'Produkt' };

export const settingNames: Readonly<Record<SettingQuery, SettingNames>> = {
  rank: { label: 'Rang', short: 'r' },
  alpha: { label: 'Alpha', short: 'α' },
  rslora: { label: 'rsLoRA' },
  projections: { label: 'Projektionen', options: { q: 'q', k: 'k', v: 'v', o: 'o', fc1: 'fc1', fc2: 'fc2' } },
  towers: { label: 'Encoder', options: { vision: 'Bild', text: 'Text' } },
  lr: { label: 'Lernrate', short: 'lr' },
  'weight-decay': { label: 'Weight Decay', short: 'Decay' },
  p0: { label: 'Anfangswert p₀', short: 'p₀' },
  ramp: { label: 'Anteil der Rampe', short: 'Rampe' },
  'ramp-slope': { label: 'Rampe über die Tiefe', short: 'Steigung' },
  schedule: {
    label: 'Form der Rampe',
    short: 'Form',
    options: { linear: 'linear', sine: 'Sinus', exponential: 'exponentiell', constant: 'konstant' },
  },
  granularity: { label: 'Granularität', options: { layer: 'Schicht', module: 'Projektion' } },
  keep: { label: 'Wahrscheinlichkeit p', short: 'p' },
  dropout: { label: 'Eingangs-Dropout', short: 'Dropout' },
  'dropout-start': { label: 'Dropout am Anfang' },
  rescale: { label: 'Skalieren mit 1/p' },
  'rate-by-activity': { label: 'Lernrate durch Aktivität' },
  loraplus: { label: 'LoRA+-Verhältnis', short: 'Verhältnis' },
  dora: { label: 'DoRA' },
  sam: { label: 'SAM-Radius', short: 'ρ' },
  take: {
    label: 'Gewählter Adapter',
    short: 'Adapter',
    options: {
      last: 'letzter',
      average: 'Mittel der letzten',
      updates: 'gleich viele Updates',
      loss: 'gleicher Loss',
    },
  },
  'average-share': { label: 'Gemittelter Anteil', short: 'Anteil' },

  steps: { label: 'Schritte' },
  batch: { label: 'Batchgröße' },
  'rate-schedule': { label: 'Verlauf der Lernrate', options: { cosine: 'Kosinus', constant: 'konstant' } },
  warmup: { label: 'Warm-up-Schritte' },
  augment: { label: 'Augmentierung' },
  'validate-every': { label: 'Validierung alle' },

  shots: { label: 'Trainingsbilder je Klasse', short: 'Bilder', toggle: 'Wenige Bilder je Klasse' },
  draw: { label: 'Ziehung weniger Bilder', short: 'Ziehung' },

  'test-images': { label: 'Testbilder', toggle: 'Testbilder begrenzen' },
  snapshots: { label: 'Adapter je Lauf' },

  landscape: { label: 'Landschaft' },
  'landscape-points': { label: 'Punkte' },
  'landscape-paths': { label: 'Pfade', options: PATHS },
  'landscape-alignments': {
    label: 'Angeglichene Faktoren',
    options: { orthogonal: 'orthogonal', invertible: 'invertierbar' },
  },
  'landscape-train-images': { label: 'Trainingsbilder', toggle: 'Landschaft auf Trainingsbildern' },

  'along-training': { label: 'Im Lauf des Trainings' },
  'along-training-steps': { label: 'Getestete Schritte' },
  'along-training-points': { label: 'Punkte je Pfad' },

  timing: { label: 'Dauer eines Schritts' },
  'timing-steps': { label: 'Gemessene Schritte' },

  plane: { label: 'Ebene' },
  'plane-points': { label: 'Punkte je Seite' },

  geometry: { label: 'Abstände' },

  spectra: { label: 'Spektren' },
  'spectra-directions': { label: 'Geprüfte Richtungen' },
  'spectra-threshold': { label: 'Kosinus, unter dem eine Richtung neu ist' },

  sharpness: { label: 'Schärfe der Minima' },
  'sharpness-radii': { label: 'Größen der Störung' },
  'sharpness-directions': { label: 'Richtungen' },
  'sharpness-train-images': { label: 'Trainingsbilder' },

  shapley: { label: 'Shapley-Werte', short: 'Shapley' },
  'shapley-images': { label: 'Bilder' },
  'shapley-estimator': {
    label: 'Schätzer',
    options: {
      exact: 'exakt',
      odd: 'ungerade Ordnung 3',
      kernel: 'KernelSHAP',
      owen: 'Owen',
      permutation: 'Reihenfolgen',
    },
  },
  'shapley-permutations': { label: 'Gezogene Reihenfolgen' },
  'shapley-evaluations': { label: 'Koalitionen' },
  'shapley-players': { label: 'Spieler', options: { layer: 'Schichten', module: 'Projektionen' } },
  'shapley-evolution': { label: 'Während des Trainings' },
  'shapley-seeds': { label: 'Analysierte Seeds' },

  pruning: { label: 'Pruning' },
  sparsities: { label: 'Entfernte Anteile' },
  'pruning-scopes': {
    label: 'Gewichte entfernt aus',
    options: { factors: 'Faktoren', tensors: 'Tensoren', update: 'Update' },
  },
  'random-masks': { label: 'Zufallsmasken' },

  domains: { label: 'Andere Domänen' },
  'test-domains': { label: 'Getestet auf' },
  'domain-images': { label: 'Bilder je Domäne' },
  'domain-paths': { label: 'Pfade', options: PATHS },
  'domain-points': { label: 'Punkte je Pfad' },
  'domain-orders': { label: 'Reihenfolgen der Schichten' },
  'domain-scales': { label: 'Skalierte Updates' },

  merging: { label: 'Mergen' },
  'merging-factors': { label: 'Faktoren λ' },
  'merging-density': { label: 'Behaltene Einträge' },

  federated: { label: 'Föderiertes Training', short: 'Föderiert' },
  'federated-clients': { label: 'Clients' },
  'federated-rounds': { label: 'Runden' },
  'federated-steps': { label: 'Lokale Schritte' },
  'federated-partition': { label: 'Aufteilung', options: { dirichlet: 'Dirichlet', style: 'Nach Stil' } },
  'federated-alpha': { label: 'α' },
  'federated-rules': { label: 'Regeln' },
  'federated-participation': { label: 'Beteiligung' },
  'federated-seeds': { label: 'Seeds' },

  'many-tasks': { label: 'Viele Aufgaben' },
  'merged-tasks': {
    label: 'Aufgaben',
    lists: { 'Four bundled': 'Vier mitgelieferte', 'Parts of the task': 'Teile der Aufgabe' },
  },
  'task-parts': { label: 'Teile' },
};

export const settingValues: typeof SETTING_VALUES = { on: 'an', off: 'aus', all: 'alle', none: 'keine' };
