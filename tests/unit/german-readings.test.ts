/** Every sentence about results in German: whole and grammatical, whatever was found, and with the numbers of the English one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { independentImages } from '../../src/core/clusters.ts';
import { speakEnglish } from '../../src/core/language/catalogue.ts';
import { loadLanguage } from '../support/load-language.ts';
import { glossed } from '../../src/ui/glossary/glossed.ts';
import { GLOSSARY, type TermId } from '../../src/ui/glossary/terms/messages.ts';
import type { Relation } from '../../src/copra/geometry/relations.ts';
import { interactionsReading, layerSetsReading } from '../../src/ui/analyses/shapley/coalitions-captions.ts';
import { comparisonReading } from '../../src/ui/results/summary/comparison-caption.ts';
import { confusionMessage, confusionReading } from '../../src/ui/results/confusion/confusion-caption.ts';
import { besideBackboneMessage, domainsReading, keptReading } from '../../src/ui/analyses/domains/domains-caption.ts';
import { estimatorReading } from '../../src/ui/analyses/shapley/estimator-caption.ts';
import { aggregationErrorReading, federatedReading } from '../../src/ui/analyses/federated/federated-caption.ts';
import { averageFinding, halfOffFinding, priceFinding } from '../../src/ui/story/finding-words.ts';
import { frontierMessage, frontierReading } from '../../src/ui/results/frontier/frontier-caption.ts';
import { geometryReading } from '../../src/ui/analyses/geometry/geometry-caption.ts';
import { insideReading } from '../../src/ui/results/inside/inside-caption.ts';
import { landscapeReading } from '../../src/ui/analyses/landscape/landscape-caption.ts';
import { AS_SHARES, pairNumbers } from '../../src/study/readings/numbers.ts';
import { leftOutReading, type Reading } from '../../src/study/readings/words.ts';
import { mapReading, type ReadCell } from '../../src/ui/map/map-caption.ts';
import { mergingReading } from '../../src/ui/analyses/merging/merging-caption.ts';
import { comparisonMessage } from '../../src/study/readings/comparison.ts';
import type { ComparisonWords } from '../../src/study/readings/messages.ts';
import { headlineOf, type Finding, type FindingId, type Lack } from '../../src/state/summary/findings.ts';
import { FINDING_WORDS } from '../../src/state/summary/messages.ts';
import { PRUNING_WORDS } from '../../src/ui/analyses/pruning/messages.ts';
import { SHAPLEY_FIGURE_WORDS } from '../../src/ui/analyses/shapley/further/messages.ts';
import { SHAPLEY_WORDS } from '../../src/ui/analyses/shapley/messages.ts';
import { SHARPNESS_WORDS } from '../../src/ui/analyses/sharpness/messages.ts';
import { TIMELINE_WORDS } from '../../src/ui/analyses/timeline/messages.ts';
import { TIMING_WORDS } from '../../src/ui/analyses/timing/messages.ts';
import { multitaskReading } from '../../src/ui/analyses/multitask/multitask-caption.ts';
import { pathPicturesReading } from '../../src/ui/analyses/landscape/pictures/path-pictures-caption.ts';
import { pictureLayersReading } from '../../src/ui/analyses/shapley/pictures/picture-layers-caption.ts';
import { picturePathReading } from '../../src/ui/results/pictures/picture-path-caption.ts';
import { picturesReading } from '../../src/ui/results/pictures/pictures-caption.ts';
import { planeReading } from '../../src/ui/analyses/plane/plane-caption.ts';
import { structuredReading, unstructuredReading } from '../../src/ui/analyses/pruning/pruning-caption.ts';
import { evolutionReading } from '../../src/ui/analyses/shapley/evolution-caption.ts';
import { shapleyReading, type CreditResult } from '../../src/ui/analyses/shapley/shapley-caption.ts';
import { evidenceReading, roundReading, testReading } from '../../src/state/search/readings/readings.ts';
import { sharpnessReading } from '../../src/ui/analyses/sharpness/sharpness-caption.ts';
import { spectraReading } from '../../src/ui/analyses/spectra/spectra-caption.ts';
import { sweepReading } from '../../src/ui/results/sweep/sweep-caption.ts';
import { always, credit, difference, path, pruned, run, unknown } from '../../src/study/readings/test-readings.ts';
import { budgetReading } from '../../src/ui/analyses/timeline/equal-budgets.ts';
import { timelineReading } from '../../src/ui/analyses/timeline/timeline-caption.ts';
import { timingReading } from '../../src/ui/analyses/timing/timing-caption.ts';
import { takenReading, trainingReading } from '../../src/ui/live/training-caption.ts';

const arms = <T>(lora: readonly T[], copra: readonly T[]) => [
  { id: 'lora', name: 'LoRA', results: lora },
  { id: 'copra', name: 'CopRA', results: copra },
];
const [above, below, around] = [difference(0.03, 0.01), difference(-0.03, 0.01), difference(0.01, 0.03)];
const tooFew = difference(0.02, NaN, null);
const lacking = (id: FindingId, why: Lack['why'], ...names: readonly string[]): Finding => ({
  id,
  compared: null,
  earlier: null,
  lack: { why, names },
});
const compared = (first: number, second: number, interval = above) => ({
  names: ['LoRA', 'CopRA'] as const,
  values: [first, second] as const,
  difference: interval,
});
const pairs = (...means: number[]) => means.map((value) => ({ accuracy: [value, value], images: 64, motifs: null }));
const sets = {
  first: [0.3, 0.4, 0.6],
  last: [0.3, 0.5, 0.6],
  best: [0.3, 0.55, 0.6],
  mean: [0.3, 0.45, 0.6],
  images: 64,
  motifs: null,
};
const floor = { chance: 0.111, frozen: { name: 'zero-shot', accuracy: 0.35 } } as const;
const head = { chance: 0.111, frozen: { name: 'head only', accuracy: 0.7 } } as const;
const diverged = { ...run(null), seed: 4, diverged: 20 };
const tested = (own: number, others: number, othersHalf: number | null = null) => ({ own, others, othersHalf });
const at = (interval: ReturnType<typeof difference> | null, ...steps: number[]) =>
  steps.map((step) => ({ step, interval }));
const timed = (name: string, more: object = {}) => ({
  name,
  aboveEnds: [],
  midpoint: [],
  everyOther: [],
  seeds: 3,
  pairs: 3,
  ...more,
});
const beside = (name: string, accuracy = around, other = around) => ({ name, accuracy, other });
const frontier = {
  measure: 'barrier',
  first: 'LoRA',
  arms: [
    { name: 'LoRA', accuracy: 0.6, other: 0.08 },
    { name: 'CopRA, spät', accuracy: 0.55, other: -0.01 },
  ],
  others: [beside('CopRA, spät', below, below)],
  unbeaten: ['LoRA', 'CopRA, spät'],
  seeds: 3,
  images: independentImages(400),
} as const;
const searchRound = { unbeaten: 7, all: 14, seeds: 4, images: 748, isTest: false } as const;
const searchTest = {
  winner: 'Der Sieger',
  below: [],
  above: [{ reference: 'CopRA', measures: ['kept', 'midpoint'] }],
  notAbove: [],
  budget: 1,
} as const;
const counts = {
  pictures: 600,
  tested: 600,
  seeds: 6,
  every: 30,
  armsTested: 2,
  arms: [
    { name: 'LoRA', alone: 12, midpoint: 208, half: 99 },
    { name: 'CopRA', alone: 9, midpoint: 150, half: null },
  ],
};
const map = {
  measure: 'Testgenauigkeit',
  baseline: 'LoRA',
  other: 'CopRA',
  x: { name: 'Lernrate', values: ['1e-3', '3e-3'] },
  y: { name: 'Bilder', values: ['8', '16', '64', 'alle'] },
};
const cells: ReadCell[] = [0, 1, 2, 3].flatMap((y) => [0, 1].map((x) => ({ x, y, better: y < 2 ? 1 : 0 })));
const rules = [
  { name: 'FedIT', accuracy: [0.52, 0.5] },
  { name: 'FedEx', accuracy: [0.53, null] },
];
const federated = {
  arms: ['LoRA', 'CopRA'],
  rules,
  rounds: 3,
  ofRounds: 10,
  central: [0.6, 0.55],
  diverged: [],
  seeds: [1],
  images: independentImages(800),
};
const evolved = { budgets: [64, 256], seeds: 5 };
const relation = (
  kind: Relation['kind'],
  of: readonly string[],
  cosines: readonly number[],
  distances: readonly number[],
): Relation => ({ kind, arms: of, cosines, distances });
const budget = {
  budget: 'Adapter-Updates',
  baseline: 'LoRA',
  other: 'CopRA',
  share: 0.63,
  steps: [1256, 2000],
  accuracy: below,
  measured: 'accuracy with everything on',
} as const;

const SAID: readonly (readonly [say: () => string | Reading, german: string])[] = [
  [
    () => interactionsReading(arms(pairs(-0.002, -0.001), pairs(0.003, 0.003)), always(0.0045, 0.001)),
    'Zwei Schichten sind zusammen bei LoRA 0,15 Punkte weniger als einzeln und bei CopRA 0,30 Punkte mehr wert (Mittel über 2 Paare; je 2 Seeds, 64 Testbilder); die Schichten von CopRA brauchen einander mehr als die von LoRA, um 0,45 Punkte (95-%-Intervall 0,35 bis 0,55 Punkte über Seeds und Bilder).',
  ],
  [
    () => interactionsReading(arms(pairs(-0.002), pairs(-0.003)), unknown),
    'Zwei Schichten sind zusammen bei LoRA 0,20 Punkte weniger als einzeln und bei CopRA 0,30 Punkte weniger wert (Mittel über 2 Paare; je 1 Seed, 64 Testbilder); zu wenige Seeds, um zu sagen, wessen mittlere Interaktion niedriger ist.',
  ],
  [
    () => interactionsReading(arms(pairs(-0.002), pairs(-0.003)), always(-0.001, 0.01)),
    'Zwei Schichten sind zusammen bei LoRA 0,20 Punkte weniger als einzeln und bei CopRA 0,30 Punkte weniger wert (Mittel über 2 Paare; je 1 Seed, 64 Testbilder); es ist nicht deutlich, wessen mittlere Interaktion niedriger ist (CopRA − LoRA: 95-%-Intervall −1,10 bis 0,90 Punkte über Seeds und Bilder).',
  ],
  [
    () => layerSetsReading(arms([sets], [sets])),
    'Mit 1 von 2 Schichten: LoRA hat 40,0 % mit den ersten, 50,0 % mit den letzten, 55,0 % mit den besten, im Mittel 45,0 % mit irgendwelchen und 60,0 % mit allen; CopRA hat 40,0 % mit den ersten, 50,0 % mit den letzten, 55,0 % mit den besten, im Mittel 45,0 % mit irgendwelchen und 60,0 % mit allen; die besten werden auf der einen Hälfte der Bilder gewählt und auf der anderen getestet (je 1 Seed, 64 Testbilder).',
  ],
  [
    () => layerSetsReading(arms([sets], [{ ...sets, first: [...sets.first, 0.7, 0.8] }])),
    'Mit 1 von 2 Schichten: LoRA hat 40,0 % mit den ersten, 50,0 % mit den letzten, 55,0 % mit den besten, im Mittel 45,0 % mit irgendwelchen und 60,0 % mit allen; mit 2 von 4 Schichten: CopRA hat 60,0 % mit den ersten, 60,0 % mit den letzten, 60,0 % mit den besten, im Mittel 60,0 % mit irgendwelchen und 80,0 % mit allen; die besten werden auf der einen Hälfte der Bilder gewählt und auf der anderen getestet (je 1 Seed, 64 Testbilder).',
  ],
  [
    () =>
      comparisonReading(
        [
          { name: 'LoRA', whole: 0.565, midpoint: 0.491, seeds: 2 },
          { name: 'CopRA', whole: 0.5, midpoint: 0.51, seeds: 3 },
        ],
        independentImages(400),
      ),
    'Mit allen Schichten liegt „LoRA“ von 2 Armen am höchsten, bei 56,5 %; auf halbem Weg zwischen zwei Seeds: „CopRA“ gewinnt 1,0 Punkte und „LoRA“ verliert 7,4 Punkte, die beiden Extreme; 2 bis 3 Seeds, 400 Testbilder, Stichprobenfehler 2,5 Punkte, und der höchste von vielen ist es zum Teil durch Glück.',
  ],
  [
    () =>
      confusionReading([
        {
          name: 'LoRA',
          most: { of: 'food', as: 'objects', share: 0.12, images: 96 },
          least: { of: 'flags', accuracy: 0.3, low: 0.2, high: 0.4 },
        },
        { name: 'CopRA', most: null, least: null },
      ]),
    'LoRA hält am häufigsten „food“ für „objects“ (12 % von 96 Bildern) und ist am ungenauesten bei „flags“, 30 % (20 % bis 40 %). CopRA verwechselt keine Klassen. In Klammern: 95-%-Intervalle über die Wahl der Testbilder der Klasse.',
  ],
  [
    () =>
      domainsReading(
        arms([tested(0.6, 0.5, 0.4), tested(0.6, 0.52, 0.4)], [tested(0.55, 0.53, 0.5)]),
        { count: 5, images: 1, pictures: 1, motifs: null, halves: 2, frozen: 0.45, frozenName: 'Zero-Shot' },
        always(0.02, 0.01),
      ),
    'Auf 5 anderen Domänen: CopRA liegt 2,0 Punkte vor LoRA (95-%-Intervall 1,0 bis 3,0 Punkte über Seeds und Bilder); LoRA 51,0 ± 1,4 % und CopRA 53,0 %, Zero-Shot 45,0 %; mit 2 festen Hälften der Schichten 40,0 % und 50,0 %; auf der Domäne, auf der trainiert wurde, 60,0 % und 55,0 %; 1 bis 2 Seeds, 1 Testbild aus anderen Domänen.',
  ],
  [
    () =>
      domainsReading(
        arms([tested(0.6, 0.5)], []),
        { count: 1, images: 800, pictures: 400, motifs: 190, halves: 2, frozen: 0.45, frozenName: 'Zero-Shot' },
        unknown,
      ),
    'Auf der anderen Domäne: LoRA 50,0 %, Zero-Shot 45,0 %; auf der Domäne, auf der trainiert wurde, 60,0 %; 1 Seed, 800 Testbilder aus anderen Domänen: 400 verschiedene Bilder von 190 Motiven.',
  ],
  [
    () =>
      keptReading([
        { name: 'LoRA', others: below, domains: [{ name: 'Nacht', kept: below }] },
        { name: 'CopRA', others: around, domains: [{ name: 'Nacht', kept: around }] },
      ]),
    'Gegenüber dem Backbone, über die anderen Domänen: LoRA verliert 3,0 Punkte (95-%-Intervall 2,0 bis 4,0 Punkte über Seeds und Bilder) und CopRA gewinnt 1,0, der Unterschied ist aber nicht deutlich (95-%-Intervall −2,0 bis 4,0 Punkte über Seeds und Bilder); deutlich niedriger: Nacht (LoRA); deutlich höher: nirgends.',
  ],
  [
    () =>
      estimatorReading({
        ...evolved,
        estimators: [
          { id: 'plain-permutation', name: 'Reihenfolgen', error: [{ mean: 4 }, { mean: 2 }] },
          { id: 'kernel', name: 'KernelSHAP, gepaart', error: [{ mean: 2 }, { mean: 0.5 }] },
        ],
      }),
    'Mit 256 Koalitionen irrt „KernelSHAP, gepaart“ bei diesem Adapter am wenigsten: Der quadratische Fehler zufälliger Reihenfolgen ist 4,0-mal so groß (5 Seeds).',
  ],
  [
    () =>
      estimatorReading({
        ...evolved,
        estimators: [{ id: 'plain-permutation', name: 'Reihenfolgen', error: [{ mean: 4 }, { mean: 2 }] }],
      }),
    'Mit 256 Koalitionen irren zufällige Reihenfolgen bei diesem Adapter am wenigsten (5 Seeds).',
  ],
  [
    () =>
      estimatorReading({
        ...evolved,
        estimators: [{ id: 'odd', name: 'Ungerade', error: [{ mean: 1 }, { mean: 1e-30 }] }],
      }),
    'Mit 256 Koalitionen ist „Ungerade“ bei diesem Adapter bis auf Rundung exakt (5 Seeds).',
  ],
  [
    () =>
      pathPicturesReading(
        arms([{ lost: 0, won: 0 }], [{ lost: 0, won: null }]),
        'factor',
        independentImages(800),
        unknown,
      ),
    'Von den Bildern, die beide Seeds richtig haben, geht in der Mitte des Faktorpfads keines verloren (je 1 Seed-Paar, 800 Testbilder); CopRA und LoRA unterscheiden sich hier nicht, es sind aber zu wenige Seeds für eine Aussage; von denen, die beide falsch haben, wird keines richtig.',
  ],
  [
    () =>
      pathPicturesReading(
        arms([{ lost: null, won: 0 }], [{ lost: null, won: null }]),
        'factor',
        independentImages(800),
        unknown,
      ),
    'Kein Bild haben beide Seeds richtig, also kann in der Mitte des Faktorpfads keines verloren gehen (je 1 Seed-Paar, 800 Testbilder); von denen, die beide falsch haben, wird keines richtig.',
  ],
  [
    () =>
      pictureLayersReading([{ name: 'LoRA', layers: ['V1'], values: [0.2], seeds: 1 }], 'loss', '„Essen“', {
        pictures: 5,
        areOfClass: true,
      }).split(';')[0],
    '5 Bilder von „Essen“ sind gespeichert, deshalb sind ihre Mittel nicht die aller',
  ],
  [
    () => federatedReading(federated),
    'LoRA / CopRA nach 3 von 10 Runden: FedIT 52,0 / 50,0 %, FedEx 53,0 / – %; gewöhnliche Läufe mit ebenso vielen Schritten auf allen Bildern 60,0 / 55,0 %; 1 Seed, 800 Testbilder, Stichprobenfehler 1,8 Punkte; mit einem Seed keine Rangfolge der Regeln.',
  ],
  [
    () =>
      federatedReading({
        ...federated,
        rounds: 1,
        ofRounds: 1,
        central: null,
        seeds: [2, 2],
        rules: rules.map((rule) => ({ ...rule, accuracy: [null, null] })),
      }),
    'LoRA / CopRA nach 1 Runde: FedIT – / – %, FedEx – / – %; je 2 Seeds, 800 Testbilder.',
  ],
  [
    () =>
      federatedReading({
        ...federated,
        rounds: 0,
        diverged: [
          { name: 'LoRA', ended: [{ rule: 'FedIT', seed: 4, round: 3 }], of: 2 },
          { name: 'CopRA', ended: [4, 7].map((seed) => ({ rule: 'FedIT', seed, round: 1 })), of: 2 },
        ],
      }),
    '1 von 2 föderierten Trainings von LoRA ist divergiert (FedIT in Runde 3 von Seed 4): Senke die Lernrate von LoRA; alle 2 föderierten Trainings von CopRA sind divergiert (FedIT in Runde 1 von Seed 4, FedIT in Runde 1 von Seed 7): Senke die Lernrate von CopRA.',
  ],
  [
    () =>
      federatedReading({
        ...federated,
        rounds: 1,
        diverged: [{ name: 'LoRA', ended: [{ rule: 'FedIT', seed: 4, round: 3 }], of: 2 }],
      }).split('; ')[2],
    '1 von 2 föderierten Trainings von LoRA ist divergiert (FedIT in Runde 3 von Seed 4) und fehlt in diesen Zahlen: Senke die Lernrate von LoRA',
  ],
  [
    () =>
      federatedReading({
        ...federated,
        rounds: 0,
        diverged: [{ name: 'LoRA', ended: [4, 7].map((seed) => ({ rule: 'FedIT', seed, round: 1 })), of: 2 }],
      }),
    'Alle 2 föderierten Trainings von LoRA sind divergiert (FedIT in Runde 1 von Seed 4, FedIT in Runde 1 von Seed 7): Senke die Lernrate von LoRA.',
  ],
  [
    () =>
      aggregationErrorReading(
        ['LoRA', 'CopRA'],
        [
          {
            name: 'FedIT',
            errors: [
              [0.3, 0.2],
              [0.1, 0.15],
              [0.05, 0.04],
            ],
          },
        ],
        {
          alike: 1,
          lengths: [
            { error: 0.021, update: 1.24 },
            { error: 0.02, update: 0.7 },
          ],
        },
      ),
    'Mittel über Schichten, LoRA / CopRA: FedIT 30,0 / 20,0 % in Runde 1, 10,0 / 15,0 % in Runde 2, 5,0 / 4,0 % in Runde 3, 15,0 / 13,0 % über alle Runden, in Runde 2 kreuzen sie sich. Exakte Regeln haben keinen Fehler. Das sind Anteile am mittleren Update aller Runden bis dahin: Neben einem längeren Update ist derselbe Fehler ein kleinerer Anteil, und Clients, die sich wenig bewegen, irren wenig. Verglichen werden die Arme deshalb im Fehler selbst, über 1 von 3 Runden, in denen sich die Clients aller Arme etwa gleich weit bewegen: als Anteil am größten Fehler, den dieser Weg zulässt, LoRA / CopRA 2,1 / 2,0 %, bei mittleren Updates der Länge 1,24 / 0,70.',
  ],
  ...[
    {
      alike: 1,
      end: 'Die Arme werden deshalb nicht darin verglichen; wie lang Fehler und Updates sind, enthält dieses Ergebnis nicht.',
    },
    {
      alike: 0,
      end: 'In keiner Runde bewegen sich die Clients aller Arme etwa gleich weit, deshalb werden die Arme nicht verglichen.',
    },
  ].map(({ alike, end }): [() => string, string] => [
    () =>
      aggregationErrorReading(['LoRA', 'CopRA'], [{ name: 'FedIT', errors: [[0.3, 0.2]] }], { alike, lengths: null }),
    `Mittel über Schichten, LoRA / CopRA: FedIT 30,0 / 20,0 % in Runde 1. Exakte Regeln haben keinen Fehler. Das sind Anteile am mittleren Update aller Runden bis dahin: Neben einem längeren Update ist derselbe Fehler ein kleinerer Anteil, und Clients, die sich wenig bewegen, irren wenig. ${end}`,
  ]),
  [() => halfOffFinding(compared(0.68, 0.82)).verdict, 'CopRA behält 3,0 Punkte mehr (2,0 bis 4,0).'],
  [() => averageFinding(compared(0.078, 0.042, below)).values.join(', '), '7,8 Punkte, 4,2 Punkte'],
  [() => averageFinding(compared(0.078, 0.042, below)).verdict, 'CopRA verliert 3,0 Punkte weniger (2,0 bis 4,0).'],
  [() => priceFinding(compared(0.6, 0.62)).verdict, 'Nichts: CopRA liegt 3,0 Punkte vorn (2,0 bis 4,0).'],
  [() => priceFinding(compared(0.62, 0.6, below)).verdict, 'CopRA liegt 3,0 Punkte zurück (2,0 bis 4,0).'],
  [() => priceFinding(compared(0.62, 0.6, around)).verdict, 'Kein deutlicher Unterschied (−2,0 bis 4,0 Punkte).'],
  [() => priceFinding(compared(0.62, 0.6, tooFew)).verdict, 'Zu wenige Seeds für eine Aussage: je 2.'],
  [
    () => roundReading({ ...searchRound, candidates: [{ name: 'Rampe, spät', margin: -0.021 }] }),
    'Am besten liegt „Rampe, spät“: −2,1 Punkte gegenüber dem besten Vergleichsarm in der Größe, in der er am schlechtesten ist; 7 von 14 schlägt kein anderer in allen drei Größen; Mittel über 4 Seeds und ihre Paare, 748 Validierungsbilder; das Beste von vielem ist es zum Teil durch Glück.',
  ],
  [
    () => testReading({ ...searchTest, kind: 'behind', below: [{ reference: 'LoRA', measures: ['accuracy'] }] }),
    'Der Sieger liegt deutlich unter LoRA in Genauigkeit: Diese Suche fand keinen Verlauf, der beides hat. Deutlich liegt er über CopRA in behaltenem Gewinn und Mitte.',
  ],
  [
    () => testReading({ ...searchTest, kind: 'unclear', above: [], notAbove: ['LoRA', 'CopRA'] }),
    'Der Sieger liegt in keiner der drei Größen deutlich unter einem Vergleichsarm, aber auch in keiner deutlich über LoRA und CopRA: Dieser Test kann nicht sagen, ob er beides hat. Deutlich über einem Vergleichsarm liegt er nirgends.',
  ],
  [
    () => testReading({ ...searchTest, kind: 'ahead', budget: 0.02 }),
    'Der Sieger hat beides: Er liegt in keiner der drei Größen deutlich unter einem Vergleichsarm und in mindestens einer deutlich über jedem. Deutlich liegt er über CopRA in behaltenem Gewinn und Mitte. Alle Trainings waren auf 2 % ihrer Schritte gekürzt: Das zeigt, wie eine Suche verläuft, nicht, was herauskommt.',
  ],
  [
    () => evidenceReading(searchTest.above, 6, 796),
    'Von einer Suche gefunden, dann auf 6 frischen Seeds und 796 Testbildern geprüft: deutlich über CopRA in behaltenem Gewinn und Mitte, in Genauigkeit, behaltenem Gewinn und Mitte deutlich unter keinem davon.',
  ],
  [
    () => frontierReading(frontier),
    'Die niedrigste Barriere hat „CopRA, spät“, −1,0 Punkte bei einer Genauigkeit von 55,0 %; die höchste Genauigkeit hat LoRA, 60,0 % (Barriere 8,0 Punkte); von 2 Armen übertrifft keiner LoRA und „CopRA, spät“ in beidem; das 95-%-Intervall der Differenz zu LoRA, über Seeds und Bilder, liegt bei 1 von 1 Arm auf der besseren Seite der 0 („CopRA, spät“); 3 Seeds, 400 Testbilder.',
  ],
  [
    () =>
      frontierReading({
        ...frontier,
        measure: 'midpoint',
        arms: frontier.arms.slice(0, 1),
        others: [],
        unbeaten: ['LoRA', 'a', 'b', 'c', 'd'],
        seeds: 1,
      }),
    'Die höchste Genauigkeit in der Mitte hat LoRA, 8,0 % bei einer Genauigkeit von 60,0 %; zugleich der genaueste Arm; von 1 Arm übertrifft keiner LoRA, a, b und 2 weitere in beidem; 1 Seed, 400 Testbilder.',
  ],
  [
    () =>
      geometryReading(
        [
          relation('other seed', ['lora', 'lora'], [0.1, 0.2], []),
          relation('other method', ['lora', 'copra'], [0.5], []),
          relation('pretrained', ['lora', 'lora'], [], [1.85, 2]),
        ],
        'updates',
        (arm) => arm,
      ),
    'Kosinus zwischen trainierten Adaptern in ΔW: bei einer Methode und verschiedenen Seeds lora 0,15 ± 0,07; bei einem Seed und verschiedenen Methoden lora und copra 0,50; 2 Seeds, Mittel ± Standardabweichung; Abstand vom vortrainierten Modell in ΔW: lora 1,93 ± 0,11.',
  ],
  [
    () =>
      insideReading(
        [
          { name: 'Backbone', shares: [0.1, 0.2, 0.3, 0.4] },
          { name: 'LoRA', shares: [0.4, 0.3, 0.2, 0.1] },
        ],
        2,
      ),
    'Backbone: 40 % auf 1 von 4 Patches, am meisten auf Zeile 2, Spalte 2 (1,6-mal ein gleicher Anteil); LoRA: 40 % auf 1 von 4 Patches, am meisten auf Zeile 1, Spalte 1 (1,6-mal ein gleicher Anteil); Anteil der Attention, der woanders liegt (verglichen mit Backbone): LoRA 40,0 %; ein Bild, ein Lauf je Arm: Über andere sagt das nichts.',
  ],
  [
    () =>
      landscapeReading(
        arms([path(0.071, 0.4), path(0.06, null)], [path(0.042, 0.7)]),
        'factor',
        independentImages(800),
        always(-0.0235, 0.01),
        'orthogonal',
      ),
    'In der Mitte des Faktorpfads nach Drehung der Faktoren: LoRA behält 40 % seines Gewinns (1 von 2 Paaren; die anderen gewannen zu wenig für eine Aussage) und CopRA 70 % (1 bis 2 Seed-Paare, 800 Testbilder); Barrieren 6,6 und 4,2 Punkte (das Größte aus 3 Werten von λ); bei CopRA liegt sie 2,4 Punkte niedriger als bei LoRA (95-%-Intervall 1,4 bis 3,4 Punkte über Seeds und Bilder).',
  ],
  [
    () =>
      landscapeReading(
        arms([{ ...path(0.071, null, 'product'), train: { barrierAccuracy: 0.05, images: 1 } }], []),
        'product',
        independentImages(800),
        unknown,
      ),
    'In der Mitte des Produktpfads: bei LoRA reicht der Gewinn nicht für eine Aussage (1 Seed-Paar, 800 Testbilder); Barriere 7,1 Punkte (das Größte aus 3 Werten von λ); auf 1 Trainingsbild 5,0.',
  ],
  [
    () => landscapeReading(arms([path(0.07, 0.4)], [path(0.07, 0.7)]), 'factor', independentImages(800), unknown),
    'In der Mitte des Faktorpfads: LoRA behält 40 % seines Gewinns und CopRA 70 % (je 1 Seed-Paar, 800 Testbilder); Barrieren 7,0 und 7,0 Punkte (das Größte aus 3 Werten von λ); CopRA und LoRA unterscheiden sich hier nicht, es sind aber zu wenige Seeds für eine Aussage.',
  ],
  [
    () => leftOutReading(['DoRA', 'CopRA DoRA'], 'den Spektren der Updates'),
    'DoRA und CopRA DoRA fehlen bei den Spektren der Updates: Die Updates von DoRA-Adaptern haben keinen niedrigen Rang.',
  ],
  [
    () => leftOutReading(['DoRA'], 'dem Produktpfad'),
    'DoRA fehlt bei dem Produktpfad: Die Updates von DoRA-Adaptern haben keinen niedrigen Rang.',
  ],
  [
    () => mapReading({ ...map, cells }),
    'Testgenauigkeit: CopRA ist in 4 von 8 Zellen besser als LoRA, in 0 schlechter, und in 4 enthält das Intervall die 0; besser ist es in 4 von 4 Zellen (Bilder 8 bis 16) und in 0 von 4 (Bilder 64 bis alle); auch ohne jeden Unterschied würde etwa eines von zwanzig Intervallen die 0 ausschließen.',
  ],
  [
    () => mapReading({ ...map, cells, isNarrow: true }),
    'Testgenauigkeit: CopRA ist in 4 von 8 Zellen besser als LoRA, in 0 schlechter, und in 4 enthält das Intervall die 0; besser ist es in 4 von 4 Zellen (Bilder 8 bis 16) und in 0 von 4 (Bilder 64 bis alle); diese Intervalle sind zu schmal, weil die Karte aus einer früheren Version stammt, in der Bilder eines Motivs einzeln zählen: Auch ohne jeden Unterschied würde mehr als eines von zwanzig die 0 ausschließen.',
  ],
  [
    () =>
      mapReading({
        ...map,
        cells: cells.map((cell) => ({ ...cell, better: cell.x === 0 && cell.y === 0 ? 0 : null })),
      }),
    'Testgenauigkeit: CopRA ist in 0 von 1 Zelle besser als LoRA, in 0 schlechter, und in 1 enthält das Intervall die 0; 7 weitere Zellen haben zu wenige Seeds für eine Aussage; auch ohne jeden Unterschied würde etwa eines von zwanzig Intervallen die 0 ausschließen.',
  ],
  [
    () => mapReading({ ...map, cells: cells.map((cell) => ({ ...cell, better: null })) }),
    'Testgenauigkeit: zu wenige Seeds, um zu sagen, wo sich CopRA und LoRA unterscheiden.',
  ],
  [
    () =>
      mergingReading(
        [
          {
            name: 'LoRA',
            runs: [0.6, 0.61],
            ensemble: 0.62,
            merges: [
              { method: 'factors', alignment: 'none', accuracy: 0.5 },
              { method: 'factors', alignment: 'orthogonal', accuracy: 0.55 },
              { method: 'updates', alignment: 'none', accuracy: 0.61 },
            ],
          },
        ],
        independentImages(800),
      ),
    'LoRA: ein einzelner Lauf 60,5 %, A und B gemittelt 50,0 %, vorher aufeinander gedreht 55,0 %, Updates gemittelt 61,0 %, Ensemble der Logits 62,0 %; 800 Testbilder, Stichprobenfehler 1,7 Punkte.',
  ],
  ...(
    [
      [
        difference(-0.019, 0.01),
        'CopRA − LoRA −1,9 Punkte (95-%-Intervall −2,9 bis −0,9 über 2 Seeds und 800 Testbilder)',
      ],
      [
        difference(-0.019, 0.01, 'seeds'),
        'CopRA − LoRA −1,9 Punkte (95-%-Intervall −2,9 bis −0,9 über 2 Seeds, nur für diese 800 Testbilder)',
      ],
      [
        difference(-0.019, 0.01, 'images'),
        'CopRA − LoRA −1,9 Punkte (95-%-Intervall −2,9 bis −0,9 über 800 Testbilder, nur für 2 Seeds)',
      ],
      [
        difference(-0.019, 0.01, null),
        'CopRA − LoRA −1,9 Punkte (2 Seeds, 800 Testbilder: zu wenige für ein Intervall)',
      ],
      [
        difference(-0.019, 12),
        'CopRA − LoRA −1,9 Punkte (das 95-%-Intervall über 2 Seeds und 800 Testbilder reicht über 100 Punkte hinaus)',
      ],
      [
        difference(0.6, 0.5),
        'CopRA − LoRA +60,0 Punkte (95-%-Intervall +10,0 bis > 100 über 2 Seeds und 800 Testbilder)',
      ],
      [
        { ...difference(0.01, NaN, null), isConstant: true } as const,
        'CopRA − LoRA +1,0 Punkte (2 Seeds, 800 Testbilder: bei jedem Seed gleich)',
      ],
      [null, 'kein gemeinsamer Seed'],
    ] as const
  ).map(
    ([found, german]) =>
      [
        () => pairNumbers({ name: 'LoRA', values: [0.56, 0.57] }, { name: 'CopRA', values: [0.54] }, found, AS_SHARES),
        `LoRA 56,5 ± 0,7 %, CopRA 54,0 %; ${german}.`,
      ] as const,
  ),
  [
    () => headlineOf([{ id: 'half-off', compared: compared(0, 0, around), earlier: null, lack: null }]),
    'LoRA und CopRA lassen sich in dieser Studie im behaltenen Gewinn ohne die Hälfte der Schichten nicht unterscheiden. Mehr Schritte und mehr Seeds könnten helfen.',
  ],
  [
    () => headlineOf([lacking('half-off', 'too little', 'CopRA')]),
    'CopRA hat noch kaum gelernt: Mehr Schritte können jeden Unterschied hier umkehren.',
  ],
  [
    () => headlineOf([lacking('price', 'diverged', 'LoRA', 'CopRA')]),
    'Das Training von LoRA und CopRA ist bei jedem Seed divergiert: Es bleibt nichts zu vergleichen. Kleinere Lernraten könnten helfen.',
  ],
  [
    () =>
      besideBackboneMessage([
        { name: 'LoRA', difference: below },
        { name: 'CopRA', difference: around },
      ]),
    'Auf anderen Domänen: LoRA liegt unter dem Backbone und CopRA unterscheidet sich nicht deutlich vom Backbone.',
  ],
  [
    () =>
      besideBackboneMessage([
        { name: 'LoRA', difference: above },
        { name: 'CopRA', difference: above },
      ]),
    'Auf anderen Domänen: LoRA und CopRA liegen über dem Backbone.',
  ],
  [
    () => besideBackboneMessage([{ name: 'LoRA', difference: tooFew }]),
    'Auf anderen Domänen sind es zu wenige Seeds, um zu sagen, was das Training ändert.',
  ],
  [() => confusionMessage('LoRA', { of: 'food', as: 'objects' }), 'LoRA hält am häufigsten „food“ für „objects“.'],
  [
    () =>
      multitaskReading(
        [{ name: 'LoRA', seeds: [{ single: 0.6, ensemble: 0.5, average: 0.4, arithmetic: 0.45, averageJoint: 0.3 }] }],
        4,
        0.35,
        independentImages(800),
        0.017,
      ),
    'LoRA, Mittel über 4 Aufgaben: eigene Adapter 60,0 %, Updates gemittelt 40,0 % (67 % der eigenen), Task arithmetic 45,0 %, Ensemble der Logits 50,0 %, Zero-Shot 35,0 %; mit den Klassen aller Aufgaben zur Wahl, Updates gemittelt 30,0 %; 1 Seed, 800 Testbilder, Stichprobenfehler 1,7 Punkte.',
  ],
  [
    () =>
      pathPicturesReading(
        arms([{ lost: 0.081, won: 0.09 }], [{ lost: 0.05, won: null }]),
        'factor',
        independentImages(800),
        always(-0.031, 0.01),
      ),
    'Von den Bildern, die beide Seeds richtig haben, gehen in der Mitte des Faktorpfads einige verloren: bei LoRA 8,1 % und bei CopRA 5,0 % (je 1 Seed-Paar, 800 Testbilder); bei CopRA sind es 3,1 Punkte weniger als bei LoRA (95-%-Intervall 2,1 bis 4,1 Punkte über Seeds und Bilder); von denen, die beide falsch haben, werden richtig: bei LoRA 9,0 %.',
  ],
  [
    () =>
      pictureLayersReading(
        [
          { name: 'LoRA', layers: ['V1', 'T4'], values: [0.213, 0.08], seeds: 2 },
          { name: 'CopRA', layers: ['V1', 'T4'], values: [-0.1, 0], seeds: 2 },
        ],
        'accuracy',
      ),
    'LoRA: der größte Beitrag zu diesem Bild kommt von V1 (21,3) und T4 (8,0); CopRA: keine Schicht hilft; Punkte: 100 machen aus einem falschen Bild ein richtiges; je 2 Seeds.',
  ],
  [
    () =>
      pictureLayersReading(
        [{ name: 'LoRA', layers: ['V1', 'T4'], values: [0.213, 0.08], seeds: 1 }],
        'loss',
        'den Bildern',
        { pictures: 48, areOfClass: false },
      ),
    '48 Bilder sind gespeichert, von jeder Art einige, deshalb sind ihre Mittel nicht die aller; LoRA: der größte Beitrag zu den Bildern kommt von V1 (0,213) und T4 (0,080); gesparter Loss in Nats; 1 Seed.',
  ],
  [
    () => picturePathReading([{ name: 'LoRA', ends: [0.6, 0.7], halfway: [0.3, 0.4] }]),
    'LoRA: 65,0 ± 7,1 % an den Enden, 35,0 ± 7,1 % auf halbem Weg; Wahrscheinlichkeit der wahren Klasse, Mittel ± Standardabweichung über Seed-Paare (2 Paare): Ein Bild sagt nichts über andere.',
  ],
  [
    () => picturePathReading([{ name: 'LoRA', ends: [0.6], halfway: [0.3] }]),
    'LoRA: 60,0 % an den Enden, 30,0 % auf halbem Weg; Wahrscheinlichkeit der wahren Klasse, von einem Seed-Paar: Ein Bild sagt nichts über andere.',
  ],
  [
    () => picturesReading(counts),
    'Von 600 Testbildern: LoRA allein hat 12 falsch, CopRA allein hat 9 und beide haben 30 (die Mehrheit von 6 Seeds entscheidet; 3 richtig und 3 falsch ist keines von beiden). Von denen, die in mindestens einem Seed richtig sind, gehen verloren: auf halbem Weg zwischen mindestens einem Paar von Seeds bei LoRA 208 und bei CopRA 150; ohne jede zweite Schicht in mindestens einem Seed bei LoRA 99.',
  ],
  [
    () => picturesReading({ ...counts, pictures: 200, seeds: 1, arms: counts.arms.slice(0, 1) }),
    '200 von 600 Testbildern sind gespeichert, von jeder Art einige, deshalb sind ihre Zahlen keine Anteile an allen. Davon: LoRA hat 30 falsch. Von denen, die richtig sind, gehen verloren: auf halbem Weg zwischen mindestens einem Paar von Seeds bei LoRA 208; ohne jede zweite Schicht bei LoRA 99.',
  ],
  [
    () =>
      picturesReading({
        ...counts,
        arms: [...counts.arms, { name: 'Layer drop', alone: 1, midpoint: null, half: null }],
        armsTested: 3,
      }),
    'Von 600 Testbildern: LoRA allein hat 12 falsch, CopRA allein hat 9, Layer drop allein hat 1 und alle haben 30 (die Mehrheit von 6 Seeds entscheidet; 3 richtig und 3 falsch ist keines von beiden). Von denen, die in mindestens einem Seed richtig sind, gehen verloren: auf halbem Weg zwischen mindestens einem Paar von Seeds bei LoRA 208 und bei CopRA 150; ohne jede zweite Schicht in mindestens einem Seed bei LoRA 99.',
  ],
  [
    () =>
      planeReading(
        [
          { name: 'LoRA', corners: [0.6, 0.61], middle: 0.5, offPlane: [0.2] },
          { name: 'CopRA', corners: [], middle: 0.52, offPlane: [] },
        ],
        independentImages(800),
      ),
    'LoRA 60,5 % an den Adaptern, 50,0 % im Mittelpunkt des Dreiecks, am Gitter abgelesen; CopRA unbekannt und 52,0 % (eine Ebene je Arm, 800 Testbilder, Stichprobenfehler 1,7 Punkte); das Training begann um 20 % / – seiner Weglänge neben der Ebene, seine Linien sind also Projektionen.',
  ],
  [
    () =>
      structuredReading(
        arms([pruned(0.61, [0.6, 0.5, 0.3]), pruned(null, [0.6, 0.5, 0.3])], [pruned(0.89, [0.55, 0.5, 0.4])]),
        independentImages(800),
        always(0.28, 0.1),
      ),
    'Ohne jede zweite Schicht: LoRA behält 61 % seines Gewinns (1 von 2 Seeds; die anderen gewannen zu wenig für eine Aussage) und CopRA 89 % (1 bis 2 Seeds, 800 Testbilder); mit nur einem Drittel der Schichten: LoRA behält 61 % seines Gewinns (1 von 2 Seeds; die anderen gewannen zu wenig für eine Aussage) und CopRA 89 %; Schichten zu entfernen kostet CopRA weniger von seinem Gewinn als LoRA (95-%-Intervall 18,0 bis 38,0 Punkte über Seeds und Bilder).',
  ],
  [
    () =>
      structuredReading(
        arms([pruned(0.61, [0.6, 0.5, 0.3])], [pruned(null, [0.55, 0.5, 0.4])]),
        independentImages(800),
        unknown,
      ),
    'Ohne jede zweite Schicht: LoRA behält 61 % seines Gewinns und bei CopRA reicht der Gewinn nicht für eine Aussage (je 1 Seed, 800 Testbilder); mit nur einem Drittel der Schichten: LoRA behält 61 % seines Gewinns und bei CopRA reicht der Gewinn nicht für eine Aussage.',
  ],
  [
    () =>
      unstructuredReading(
        arms([pruned(0.6, [0.6, 0.55, 0.3])], [pruned(0.8, [0.55, 0.5, 0.4])]),
        'factors',
        independentImages(800),
        always(-0.05, 0.1),
      ),
    'Ohne 50 % der Einträge von A und B: LoRA hat 55,0 % und CopRA 50,0 % Genauigkeit (je 1 Seed, 800 Testbilder, Stichprobenfehler 1,8 Punkte); CopRA liegt 5,0 Punkte hinter LoRA, der Unterschied ist aber nicht deutlich (95-%-Intervall −5,0 bis 15,0 Punkte über Seeds und Bilder); gemittelt über entfernte Anteile von 0 bis 90 %: 48,3 % und 48,3 %.',
  ],
  [
    () => shapleyReading(arms([credit(0.45)], [credit(0.38)]), always(-0.07, 0.02)),
    'Vom Beitrag leistet das obere Drittel der Schichten bei LoRA 45 % und bei CopRA 38 % (bei gleichen Schichten wären es 33 %; je 1 Seed, 256 Testbilder, Standardfehler einer Schicht höchstens 0,8 Punkte); CopRA verteilt ihn gleichmäßiger als LoRA (95-%-Intervall 5,0 bis 9,0 Punkte über Seeds und Bilder).',
  ],
  [
    () => shapleyReading(arms([credit(0.45)], [credit(0.5), credit(0.5)]), always(0.05, 0.02)),
    'Vom Beitrag leistet das obere Drittel der Schichten bei LoRA 45 % und bei CopRA 50 % (bei gleichen Schichten wären es 33 %; 1 bis 2 Seeds, 256 Testbilder, Standardfehler einer Schicht höchstens 0,8 Punkte); CopRA verteilt ihn ungleichmäßiger als LoRA (95-%-Intervall 3,0 bis 7,0 Punkte über Seeds und Bilder).',
  ],
  [
    () => shapleyReading(arms([credit(0.45)], [credit(0.38)]), unknown),
    'Vom Beitrag leistet das obere Drittel der Schichten bei LoRA 45 % und bei CopRA 38 % (bei gleichen Schichten wären es 33 %; je 1 Seed, 256 Testbilder, Standardfehler einer Schicht höchstens 0,8 Punkte); zu wenige Seeds, um zu sagen, wer ihn gleichmäßiger verteilt.',
  ],
  [
    () => shapleyReading(arms([credit(0.45)], [credit(0.38)]), always(-0.07, 0.2)),
    'Vom Beitrag leistet das obere Drittel der Schichten bei LoRA 45 % und bei CopRA 38 % (bei gleichen Schichten wären es 33 %; je 1 Seed, 256 Testbilder, Standardfehler einer Schicht höchstens 0,8 Punkte); wer ihn gleichmäßiger verteilt, ist nicht deutlich (CopRA − LoRA: 95-%-Intervall −27,0 bis 13,0 Punkte über Seeds und Bilder).',
  ],
  [
    () => shapleyReading(arms([credit(0.3)], [credit(0.4)]), always(0.12, 0.04)),
    'Vom Beitrag leistet das obere Drittel der Schichten bei LoRA 30 % und bei CopRA 40 % (bei gleichen Schichten wären es 33 %; je 1 Seed, 256 Testbilder, Standardfehler einer Schicht höchstens 0,8 Punkte); das obere Drittel von CopRA leistet mehr davon als das von LoRA, über 2 gemeinsame Seeds (95-%-Intervall 8,0 bis 16,0 Punkte über Seeds und Bilder).',
  ],
  [
    () =>
      shapleyReading(
        arms<CreditResult>([{ ...credit(0.45), coalitionError: { accuracy: [0.001, 0.001] } }], [credit(null)]),
        unknown,
      ),
    'Vom Beitrag leistet das obere Drittel der Schichten bei LoRA 45 % (bei gleichen Schichten wären es 33 %; je 1 Seed, 256 Testbilder, Standardfehler einer Schicht höchstens 0,8 Punkte über Bilder und 0,1 über Koalitionen); keine Schicht von CopRA trägt etwas bei.',
  ],
  [
    () => shapleyReading(arms([credit(null)], [credit(null)]), unknown),
    'Keine Schicht von LoRA oder CopRA trägt etwas bei (je 1 Seed, 256 Testbilder).',
  ],
  [
    () => evolutionReading([{ name: 'LoRA', shares: [0.3, null, 0.4] }]),
    'Beitrag des oberen Drittels der Schichten über die Schritte: LoRA 30 % → – → 40 %.',
  ],
  [
    () =>
      sharpnessReading(
        ['LoRA', 'CopRA'],
        [{ images: 'Testbildern', values: [[0.1, 0.2], [0.05]], differences: [{ ...above, scope: 'seeds' }] }],
        0.05,
        5,
      ),
    'Wird jeder Faktor um 0,05 seiner Länge gestört, steigt der Loss (in Nats) um: auf Testbildern LoRA 0,150 ± 0,071, CopRA 0,050 (95-%-Intervall der Differenz über Seeds, nur für diese Bilder: CopRA − LoRA 0,020 bis 0,040); Mittel über 5 Richtungen, ± Standardabweichung über 1 bis 2 Seeds.',
  ],
  [
    () =>
      spectraReading(
        ['LoRA', 'CopRA'],
        [
          {
            name: 'Effektiver Rang',
            values: [[2.1], [2.5]],
            unit: '',
            differences: [{ ...above, scope: 'seeds', images: null }],
          },
        ],
        [36, 24],
      ),
    'Effektiver Rang: LoRA 2,10, CopRA 2,50 (95-%-Intervall der Differenz über Seeds: CopRA − LoRA 0,02 bis 0,04); Mittel über 36 und 24 Projektionen, je 1 Seed.',
  ],
  [
    () =>
      sweepReading(
        { name: 'Lernrate', values: ['1e-3', '3e-3'] },
        [
          {
            name: 'LoRA',
            values: [
              { accuracy: [0.5], merged: [0.4], everyOther: [] },
              { accuracy: [0.6], merged: [0.5], everyOther: [] },
            ],
          },
          {
            name: 'CopRA',
            values: [
              { accuracy: [0.55], merged: [0.45], everyOther: [] },
              { accuracy: [0.5], merged: [0.55], everyOther: [] },
            ],
          },
        ],
        independentImages(800),
      ),
    'Lernrate 1e-3 bis 3e-3, je 1 Seed: mit allen Schichten LoRA 50,0 bis 60,0 % und CopRA 50,0 bis 55,0 % (CopRA hat bei 1 von 2 Werten einen höheren Mittelwert als LoRA); 1:1 gemergt LoRA 40,0 bis 50,0 % und CopRA 45,0 bis 55,0 % (CopRA hat bei 2 von 2 Werten einen höheren Mittelwert als LoRA); 800 Testbilder, Stichprobenfehler 1,8 Punkte.',
  ],
  [
    () =>
      timelineReading(
        [
          timed('LoRA', { aboveEnds: [...at(around, 10), ...at(below, 40, 90)] }),
          timed('CopRA', {
            aboveEnds: [...at(below, 10), ...at(above, 40, 90)],
            midpoint: [...at(around, 10), ...at(above, 40, 90)],
            everyOther: at(below, 10, 40, 90),
          }),
        ],
        independentImages(619),
      ),
    'Wie früh zeigt sich, ob sich Adapter mergen lassen? Auf halbem Weg zwischen zwei Seeds auf dem Faktorpfad: LoRA ist beim letzten Schritt deutlich schlechter als seine Enden, 3,0 Punkte darunter (95-%-Intervall 2,0 bis 4,0 Punkte über Seeds und Bilder); CopRA ist ab Schritt 40 nicht mehr deutlich schlechter als seine Enden, dort 3,0 Punkte darüber (95-%-Intervall 2,0 bis 4,0 Punkte über Seeds und Bilder) und beim letzten 3,0 Punkte darüber (95-%-Intervall 2,0 bis 4,0 Punkte über Seeds und Bilder); CopRA gegen LoRA nach gleich vielen Schritten (über Seeds und Bilder): seine Mitte liegt ab Schritt 40 deutlich vorn, sein behaltener Gewinn mit jeder zweiten Schicht liegt bei jedem getesteten Schritt deutlich zurück; je 3 Seeds, 3 Paare, 3 Schritte, 619 Testbilder.',
  ],
  [
    () =>
      timelineReading(
        [
          timed('LoRA', { aboveEnds: at(around, 10, 90) }),
          timed('CopRA', {
            aboveEnds: at(tooFew, 10, 90),
            midpoint: [...at(above, 10), ...at(around, 90)],
            everyOther: at(around, 10, 90),
          }),
        ],
        independentImages(1),
      ),
    'Wie früh zeigt sich, ob sich Adapter mergen lassen? Auf halbem Weg zwischen zwei Seeds auf dem Faktorpfad: LoRA ist bei keinem getesteten Schritt deutlich schlechter als seine Enden, 1,0 Punkte darüber beim letzten (95-%-Intervall −2,0 bis 4,0 Punkte über Seeds und Bilder); CopRA hat zu wenige Seeds für eine Aussage (2,0 Punkte darüber beim letzten Schritt); CopRA gegen LoRA nach gleich vielen Schritten (über Seeds und Bilder): seine Mitte liegt bei Schritt 10 deutlich vorn, aber nicht am Ende, sein behaltener Gewinn mit jeder zweiten Schicht liegt am Ende nicht deutlich vorn; je 3 Seeds, 3 Paare, 2 Schritte, 1 Testbild.',
  ],
  [
    () =>
      timelineReading([timed('LoRA', { aboveEnds: [...at(below, 10), ...at(around, 40, 90)] })], independentImages(9)),
    'Wie früh zeigt sich, ob sich Adapter mergen lassen? Auf halbem Weg zwischen zwei Seeds auf dem Faktorpfad: ob LoRA schlechter ist als seine Enden, ist ab Schritt 40 nicht zu sagen, dort 1,0 Punkte darüber (95-%-Intervall −2,0 bis 4,0 Punkte über Seeds und Bilder) und beim letzten 1,0 Punkte darüber (95-%-Intervall −2,0 bis 4,0 Punkte über Seeds und Bilder); 3 Seeds, 3 Paare, 3 Schritte, 9 Testbilder.',
  ],
  [
    () => timelineReading([timed('LoRA', { pairs: 0, seeds: 1 })], independentImages(9)),
    'Um zu sehen, wann sich Seeds mergen lassen, braucht ein Arm zwei davon; 1 Seed, 9 Testbilder.',
  ],
  [
    () => budgetReading(budget),
    'Adapter-Updates: CopRA verbraucht 63 % von dem, was LoRA verbraucht; wo beide gleich viel verbraucht haben, LoRA bei Schritt 1.256 und CopRA bei Schritt 2.000, liegt CopRA in der Genauigkeit mit allen Schichten 3,0 Punkte zurück (95-%-Intervall 2,0 bis 4,0 Punkte über Seeds und Bilder).',
  ],
  [
    () => budgetReading({ ...budget, accuracy: around, measured: 'validation accuracy' }),
    'Adapter-Updates: CopRA verbraucht 63 % von dem, was LoRA verbraucht; wo beide gleich viel verbraucht haben, LoRA bei Schritt 1.256 und CopRA bei Schritt 2.000, liegt CopRA in der Validierungsgenauigkeit 1,0 Punkte vorn, der Unterschied ist aber nicht deutlich (95-%-Intervall −2,0 bis 4,0 Punkte über Seeds und Bilder).',
  ],
  [
    () => budgetReading({ ...budget, accuracy: difference(0, 0.01) }),
    'Adapter-Updates: CopRA verbraucht 63 % von dem, was LoRA verbraucht; wo beide gleich viel verbraucht haben, LoRA bei Schritt 1.256 und CopRA bei Schritt 2.000, unterscheiden sie sich nicht in der Genauigkeit mit allen Schichten (95-%-Intervall −1,0 bis 1,0 Punkte über Seeds und Bilder).',
  ],
  [
    () => budgetReading({ ...budget, accuracy: null }),
    'Adapter-Updates: CopRA verbraucht 63 % von dem, was LoRA verbraucht; wo beide gleich viel verbraucht haben, LoRA bei Schritt 1.256 und CopRA bei Schritt 2.000, wurde nichts getestet.',
  ],
  [
    () =>
      timingReading(
        [
          { name: 'LoRA', milliseconds: [30, 31], difference: null },
          { name: 'CopRA', milliseconds: [25, 26], difference: difference(-5, 1) },
        ],
        20,
        'WebAssembly',
      ),
    'Ein Schritt eines Laufs für sich allein dauert, in Millisekunden: LoRA 30,5 ± 0,7, CopRA 25,5 ± 0,7; 95-%-Intervall der Differenz über Seeds: CopRA − LoRA −6,0 bis −4,0; Mittel über 20 Schritte aus dem ganzen Training, ± Standardabweichung über je 2 Seeds, auf WebAssembly.',
  ],
  [
    () =>
      takenReading(
        arms(
          [
            { ...run(0.5), takenAt: 1240 },
            { ...run(0.5), takenAt: 1262 },
          ],
          [{ ...run(0.5), takenAt: 1 }, run(0.5)],
        ),
      ),
    'LoRA wird getestet, wie es nach 1.240 bis 1.262 Schritten war; CopRA wird getestet, wie es nach 1 Schritt war, 1 Seed nach allen Schritten.',
  ],
  [
    () =>
      trainingReading(
        arms([run(0.56), run(0.57)], [run(0.54), diverged]),
        floor,
        independentImages(800),
        always(-0.025, 0.01),
      ),
    'Nach 2.000 Schritten: LoRA erreicht 56,5 ± 0,7 % und CopRA 54,0 % Testgenauigkeit (1 bis 2 Seeds, 800 Testbilder, Stichprobenfehler 1,7 Punkte); CopRA liegt 2,5 Punkte hinter LoRA (95-%-Intervall 1,5 bis 3,5 Punkte über Seeds und Bilder); ohne Training sind es 35,0 %; 1 von 2 Läufen von CopRA ist divergiert (Seed 4 bei Schritt 20) und fehlt in jedem Mittel und jeder Abbildung: Senke die Lernrate von CopRA.',
  ],
  [
    () =>
      trainingReading(
        arms([run(0.56, 0)], [run(0.56, 0)]),
        { chance: 0.1, frozen: null },
        independentImages(800),
        always(0, 0.01),
      ),
    'Ohne weiteres Training: LoRA erreicht 56,0 % und CopRA 56,0 % Testgenauigkeit (je 1 Seed, 800 Testbilder, Stichprobenfehler 1,8 Punkte); CopRA und LoRA unterscheiden sich hier nicht (95-%-Intervall −1,0 bis 1,0 Punkte über Seeds und Bilder).',
  ],
  [
    () => trainingReading(arms([run(0.2), run(0.2)], [run(0.02)]), floor, independentImages(1), unknown),
    'Nach 2.000 Schritten: LoRA erreicht 20,0 ± 0,0 % und CopRA 2,0 % Testgenauigkeit (1 bis 2 Seeds, 1 Testbild, Stichprobenfehler 22,2 Punkte); CopRA liegt 18,0 Punkte hinter LoRA, es sind aber zu wenige Seeds für eine Aussage; ohne Training sind es 35,0 %.',
  ],
  [
    () => trainingReading(arms([run(0.2), run(0.2)], [run(0.02)]), floor, independentImages(800), unknown),
    'Nach 2.000 Schritten: LoRA erreicht 20,0 ± 0,0 % und CopRA 2,0 % Testgenauigkeit (1 bis 2 Seeds, 800 Testbilder, Stichprobenfehler 1,4 Punkte); CopRA liegt 18,0 Punkte hinter LoRA, es sind aber zu wenige Seeds für eine Aussage; ohne Training sind es 35,0 %; LoRA endet 15,0 Punkte unter dem Backbone ohne Training, hat also mehr verloren als gelernt: Versuch eine niedrigere Lernrate, weniger Schritte oder mehr Trainingsbilder; CopRA endet schlechter als Raten (11,1 %): Versuch ein Zehntel seiner Lernrate und prüfe, ob die Klassen das sind, was ihre Namen sagen.',
  ],
  [
    () =>
      trainingReading(arms([run(0.2)], [diverged, { ...diverged, seed: 5 }]), head, independentImages(800), unknown),
    'Nach 2.000 Schritten: LoRA erreicht 20,0 % Testgenauigkeit (1 Seed, 800 Testbilder, Stichprobenfehler 1,4 Punkte); nur mit dem Kopf sind es 70,0 %; alle 2 Läufe von CopRA sind divergiert (Seed 4 bei Schritt 20, Seed 5 bei Schritt 20) und fehlen in jedem Mittel und jeder Abbildung: Senke die Lernrate von CopRA; LoRA endet 50,0 Punkte unter einem Kopf, der allein auf dem eingefrorenen Backbone trainiert wurde, sein Adapter schadet also oder wurde zu wenig trainiert: Versuch eine andere Lernrate, mehr Schritte oder mehr Trainingsbilder.',
  ],
];

/** Of a measure: too few seeds, none better, one at a price, one without. */
const FRONTIER = {
  gain: [
    'Zu wenige Seeds, um zu sagen, welche Arme ohne jede zweite Schicht mehr von ihrem Gewinn behalten als LoRA.',
    'Kein Arm behält ohne jede zweite Schicht deutlich mehr von seinem Gewinn als LoRA.',
    'CopRA behält ohne jede zweite Schicht deutlich mehr von seinem Gewinn als LoRA. Mit allen Schichten ist er weniger genau.',
    'CopRA behält ohne jede zweite Schicht deutlich mehr von seinem Gewinn als LoRA. Ob er mit allen Schichten weniger genau ist, lässt sich nicht sagen.',
  ],
  barrier: [
    'Zu wenige Seeds, um zu sagen, welche Arme zwischen zwei Seeds weniger verlieren als LoRA.',
    'Kein Arm verliert zwischen zwei Seeds deutlich weniger als LoRA.',
    'CopRA verliert zwischen zwei Seeds deutlich weniger als LoRA. Mit allen Schichten ist er weniger genau.',
    'CopRA verliert zwischen zwei Seeds deutlich weniger als LoRA. Ob er mit allen Schichten weniger genau ist, lässt sich nicht sagen.',
  ],
  midpoint: [
    'Zu wenige Seeds, um zu sagen, welche Arme auf halbem Weg zwischen zwei Seeds höher liegen als LoRA.',
    'Kein Arm liegt auf halbem Weg zwischen zwei Seeds deutlich höher als LoRA.',
    'CopRA liegt auf halbem Weg zwischen zwei Seeds deutlich höher als LoRA. Mit allen Schichten ist er weniger genau.',
    'CopRA liegt auf halbem Weg zwischen zwei Seeds deutlich höher als LoRA. Ob er mit allen Schichten weniger genau ist, lässt sich nicht sagen.',
  ],
} as const;

/** Of a comparison: one is better, none clearly, too few seeds. */
const COMPARED: readonly (readonly [words: () => ComparisonWords, lowerIsBetter: boolean, said: readonly string[]])[] =
  [
    [
      () => FINDING_WORDS.comparisons.price,
      false,
      [
        'Mit allen Schichten liegt CopRA öfter richtig als LoRA.',
        'LoRA und CopRA unterscheiden sich in der Testgenauigkeit nicht deutlich.',
        'Zu wenige Seeds, um LoRA und CopRA in der Testgenauigkeit zu unterscheiden.',
      ],
    ],
    [
      () => FINDING_WORDS.comparisons.average,
      true,
      [
        'Auf dem Weg zwischen zwei Seeds verliert LoRA weniger Genauigkeit als CopRA.',
        'LoRA und CopRA unterscheiden sich im Verlust an Genauigkeit zwischen zwei Seeds nicht deutlich.',
        'Zu wenige Seeds, um LoRA und CopRA im Verlust an Genauigkeit zwischen zwei Seeds zu unterscheiden.',
      ],
    ],
    [
      () => FINDING_WORDS.comparisons['half-off'],
      false,
      [
        'Ohne die Hälfte der Schichten behält CopRA mehr vom Gelernten als LoRA.',
        'LoRA und CopRA unterscheiden sich im behaltenen Gewinn ohne die Hälfte der Schichten nicht deutlich.',
        'Zu wenige Seeds, um LoRA und CopRA im behaltenen Gewinn ohne die Hälfte der Schichten zu unterscheiden.',
      ],
    ],
    [
      () => PRUNING_WORDS.weightsComparison,
      false,
      [
        'Mit der Hälfte der Zahlen auf null liegt CopRA öfter richtig als LoRA.',
        'LoRA und CopRA unterscheiden sich in der Testgenauigkeit mit der Hälfte der Zahlen auf null nicht deutlich.',
        'Zu wenige Seeds, um LoRA und CopRA in der Testgenauigkeit mit der Hälfte der Zahlen auf null zu unterscheiden.',
      ],
    ],
    [
      () => SHAPLEY_WORDS.comparison,
      true,
      [
        'Von den Schichten nahe der Ausgabe hängt LoRA weniger ab als CopRA.',
        'LoRA und CopRA unterscheiden sich im Anteil der Schichten nahe der Ausgabe am Beitrag nicht deutlich.',
        'Zu wenige Seeds, um LoRA und CopRA im Anteil der Schichten nahe der Ausgabe am Beitrag zu unterscheiden.',
      ],
    ],
    [
      () => SHAPLEY_FIGURE_WORDS.interactions.comparisons.substitutes,
      true,
      [
        'Im Mittel ersetzen die Schichten von LoRA einander mehr als die von CopRA.',
        'LoRA und CopRA unterscheiden sich in der mittleren Interaktion zweier Schichten nicht deutlich.',
        'Zu wenige Seeds, um LoRA und CopRA in der mittleren Interaktion zweier Schichten zu unterscheiden.',
      ],
    ],
    [
      () => FINDING_WORDS.comparisons['other-domains'],
      false,
      [
        'Auf Domänen, die kein Training gesehen hat, liegt CopRA öfter richtig als LoRA.',
        'LoRA und CopRA unterscheiden sich in der Genauigkeit auf anderen Domänen nicht deutlich.',
        'Zu wenige Seeds, um LoRA und CopRA in der Genauigkeit auf anderen Domänen zu unterscheiden.',
      ],
    ],
    [
      () => TIMELINE_WORDS.comparison,
      false,
      [
        'Am Ende des Trainings, auf halbem Weg zwischen zwei Seeds, liegt CopRA öfter richtig als LoRA.',
        'LoRA und CopRA unterscheiden sich am Ende des Trainings in der Testgenauigkeit auf halbem Weg zwischen zwei Seeds nicht deutlich.',
        'Zu wenige Seeds, um LoRA und CopRA am Ende des Trainings in der Testgenauigkeit auf halbem Weg zwischen zwei Seeds zu unterscheiden.',
      ],
    ],
    [
      () => TIMING_WORDS.comparison,
      true,
      [
        'Beim Training eines einzelnen Laufs braucht LoRA weniger Zeit je Schritt als CopRA.',
        'LoRA und CopRA unterscheiden sich in der Zeit eines Schritts nicht deutlich.',
        'Zu wenige Seeds, um LoRA und CopRA in der Zeit eines Schritts zu unterscheiden.',
      ],
    ],
    [
      () => SHARPNESS_WORDS.comparison,
      true,
      [
        'Bei Störungen in zufällige Richtungen verschlechtert sich LoRA weniger als CopRA.',
        'LoRA und CopRA unterscheiden sich im Anstieg des Loss durch zufällige Richtungen nicht deutlich.',
        'Zu wenige Seeds, um LoRA und CopRA im Anstieg des Loss durch zufällige Richtungen zu unterscheiden.',
      ],
    ],
    [
      () => FINDING_WORDS.comparisons.tasks,
      false,
      [
        'Mit den gemittelten Adaptern aller Aufgaben liegt CopRA öfter richtig als LoRA.',
        'LoRA und CopRA unterscheiden sich in der Genauigkeit mit den gemittelten Adaptern aller Aufgaben nicht deutlich.',
        'Zu wenige Seeds, um LoRA und CopRA in der Genauigkeit mit den gemittelten Adaptern aller Aufgaben zu unterscheiden.',
      ],
    ],
    [
      () => FINDING_WORDS.comparisons.clients,
      false,
      [
        'Nach dem Mitteln der Clients liegt CopRA öfter richtig als LoRA.',
        'LoRA und CopRA unterscheiden sich in der Genauigkeit nach dem Mitteln der Clients nicht deutlich.',
        'Zu wenige Seeds, um LoRA und CopRA in der Genauigkeit nach dem Mitteln der Clients zu unterscheiden.',
      ],
    ],
    [
      () => FINDING_WORDS.comparisons.averaging,
      true,
      [
        'Werden A und B der Clients gemittelt, hat LoRA einen kleineren Fehler als CopRA.',
        'LoRA und CopRA unterscheiden sich im Fehler beim Mitteln von A und B der Clients nicht deutlich.',
        'Zu wenige Seeds, um LoRA und CopRA im Fehler beim Mitteln von A und B der Clients zu unterscheiden.',
      ],
    ],
  ];

const plain = (said: string | Reading): string => wholeOf(said).replaceAll('\u00a0', ' ');
const wholeOf = (said: string | Reading): string => (typeof said === 'string' ? said : said.reading);
const shownOf = (said: string | Reading): string => (typeof said === 'string' ? said : said.numbers);

/** The numbers in a text, in one notation. */
const numbersIn = (text: string, point: ',' | '.'): string[] =>
  [...text.matchAll(/\d[\d.,]*\d|\d/g)]
    .map(([number]) => number.replaceAll(point === ',' ? '.' : ',', '').replace(',', '.'))
    .toSorted();

const english = SAID.flatMap(([say]) => [plain(say()), plain(shownOf(say()))]);

describe('in German', () => {
  beforeAll(async () => loadLanguage('de'));
  afterAll(speakEnglish);

  it.each(SAID.map(([say, german]) => [german, say] as const))('%s', (german, say) => {
    expect(plain(say())).toBe(german);
  });

  it('has the numbers of the English sentences', () => {
    const numbers = SAID.flatMap(([say]) => [plain(say()), plain(shownOf(say()))]).map((text) => numbersIn(text, ','));
    expect(numbers).toEqual(english.map((text) => numbersIn(text, '.')));
  });

  it.each(['gain', 'barrier', 'midpoint'] as const)('tells what arms with more of %s pay', (measure) => {
    const better = measure === 'barrier' ? below : above;
    const found = [
      beside('CopRA', around, tooFew),
      beside('CopRA'),
      beside('CopRA', below, better),
      beside('CopRA', around, better),
    ];
    expect(
      found.map((other) =>
        frontierMessage({ measure, first: 'LoRA', arms: [{ name: 'LoRA', accuracy: 0, other: 0 }], others: [other] }),
      ),
    ).toEqual(FRONTIER[measure]);
  });

  it('counts the arms with more, and says what each pays', () => {
    const others = [
      beside('a', below, below),
      beside('b', around, below),
      beside('c', above, below),
      beside('d', above, above),
    ];
    expect(
      frontierMessage({ measure: 'barrier', first: 'LoRA', arms: [{ name: 'LoRA', accuracy: 0, other: 0 }], others }),
    ).toBe(
      '3 von 4 Armen verlieren zwischen zwei Seeds deutlich weniger als LoRA: a, b und c. Mit allen Schichten: 1 ist weniger genau, 1 ist genauer und 1 ist offen.',
    );
  });

  it('compares in every wording', () => {
    for (const [words, lowerIsBetter, said] of COMPARED)
      expect(
        [above, around, tooFew].map((found) => comparisonMessage(words(), ['LoRA', 'CopRA'], found, { lowerIsBetter })),
      ).toEqual(said);
    const equal = { ...difference(0, NaN, null), isConstant: true } as const;
    expect(
      comparisonMessage(FINDING_WORDS.comparisons.averaging, ['LoRA', 'CopRA'], equal, { lowerIsBetter: true }),
    ).toBe('LoRA und CopRA sind im Fehler beim Mitteln von A und B der Clients bei jedem Seed gleich.');
  });

  it('finds the words of the glossary in its captions, and every word by its own name', () => {
    const terms = new Set<TermId>();
    for (const [say] of SAID) glossed(wholeOf(say()), terms);
    expect([...terms].toSorted()).toEqual(
      expect.arrayContaining(['barrier', 'gain', 'interval', 'midpoint', 'points', 'samplingError', 'seed']),
    );
    for (const [id, { name, text }] of Object.entries(GLOSSARY)) {
      expect(
        glossed(`3 ${name}`, new Set()).flatMap(({ term }) => term ?? []),
        name,
      ).toContain(id);
      expect(text).toMatch(/^[A-ZÄÖÜ].*\.$/);
      expect(text.length).toBeLessThan(220);
    }
  });

  it('finds points only where they are a unit', () => {
    const found = (text: string) => glossed(text, new Set()).flatMap(({ term }) => term ?? []);
    expect(found('Adapter als Punkte')).toEqual(['adapter']);
    expect(found('Zwei Adapter, um 2,7 Punkte auseinander')).toEqual(['adapter', 'points']);
  });
});
