/** A device of a class as a client of a federation: trains the local steps of its clients on its own engine, from images that stay on it. */
import { FEDERATED_RULE_IDS, keepsA, type FederatedRuleId } from '../../../copra/federated/rule-list.ts';
import { layoutWithRank } from '../../../copra/relayout.ts';
import type { LabelledImages, Task } from '../../../data/task.ts';
import type { Engine } from '../../../engine/engine.ts';
import { addUpdate } from '../../../model/add-update.ts';
import type { Backbone } from '../../../model/backbone.ts';
import { withWeightsOfMaps } from '../../../model/replace-maps.ts';
import type { LoadedBackbone } from '../../../model/load-backbone.ts';
import { CannotTrain } from '../../classroom/device-problem.ts';
import type { RoundHead, StudyHead } from '../../classroom/messages.ts';
import type { LocalTrainer } from '../../classroom/serve.ts';
import type { StudyConfig } from '../../config/config.ts';
import { StudyControl } from '../../run/control.ts';
import { createBatchPainter, createBatchSource } from '../../run/images.ts';
import { prepareObjective } from '../../run/objective.ts';
import { federatedArms } from './arms.ts';
import { clientSeed, createFederation, type Federation } from './clients.ts';
import { neededPart } from './global-model.ts';
import { trainClients, type FederatedArm } from './local-training.ts';

/** Progress is told at most this often, in steps of a round. */
const TELLS = 20;

/**
 * A device's own training images as those of the study: labels follow the study's order of classes.
 * @throws CannotTrain when the classes are not the same
 */
export function asTaskOf(study: Pick<StudyHead, 'task' | 'classes' | 'prompts'>, own: Task): Task {
  const { task: name, classes, prompts } = study;
  const places = own.classes.map((label) => classes.indexOf(label));
  const missing = classes.filter((label) => !own.classes.includes(label));
  if (missing.length > 0 || places.includes(-1))
    throw new CannotTrain({ kind: 'other-classes', missing: missing.slice(0, 5) });
  const relabelled = (images: LabelledImages): LabelledImages => ({
    ...images,
    labels: images.labels.map((label) => places[label]),
  });
  return {
    id: own.id,
    name,
    classes,
    prompts,
    imageSize: own.imageSize,
    train: relabelled(own.train),
    validation: relabelled(own.validation),
    test: relabelled(own.test),
  };
}

export interface LocalTrainerInputs {
  readonly config: StudyConfig;
  readonly engine: Engine;
  readonly model: LoadedBackbone;
  /** That of the study, or the device's own images as such (asTaskOf). */
  readonly task: Task;
  readonly isOwn: boolean;
}

/** The frozen weights under one arm, seed and rule, with so many updates in them. */
interface Frozen {
  readonly backbone: Backbone;
  readonly applied: number;
}

/** @throws CannotTrain when a round is not of this study: whoever leads is of another mind */
function checkRule(rule: string): FederatedRuleId {
  const known = FEDERATED_RULE_IDS.find((id) => id === rule);
  if (!known) throw new CannotTrain({ kind: 'other-study' });
  return known;
}

/** The frozen weights as a round's message wants them. @param original those of the backbone */
function withUpdates(
  before: Frozen,
  { layout, scale }: FederatedArm,
  head: RoundHead,
  values: Float32Array,
  original: Backbone,
): Frozen {
  if (head.whole) {
    const backbone = withWeightsOfMaps(original, layout.pairs, values.subarray(layout.size));
    return { backbone, applied: head.known };
  }
  let { backbone, applied } = before;
  let offset = layout.size;
  head.updates.forEach((rank, i) => {
    if (rank < 1 || rank % layout.rank !== 0) throw new CannotTrain({ kind: 'other-study' });
    const stacked = layoutWithRank(layout, rank);
    const update = values.subarray(offset, offset + stacked.size);
    offset += stacked.size;
    if (update.length !== stacked.size) throw new CannotTrain({ kind: 'other-study' });
    // An update may come again when an answer was lost.
    if (head.known + i !== applied) return;
    backbone = addUpdate(backbone, { layout: stacked, scale, values: update });
    applied++;
  });
  if (offset !== values.length || applied !== head.known + head.updates.length)
    throw new CannotTrain({ kind: 'other-study' });
  return { backbone, applied };
}

/** @throws CannotTrain when the study has no federation, or its arms do not fit the backbone */
export async function openLocalTrainer({
  config,
  engine,
  model,
  task,
  isOwn,
}: LocalTrainerInputs): Promise<LocalTrainer> {
  const settings = config.analyses.federated;
  if (!settings?.enabled) throw new CannotTrain({ kind: 'other-study' });
  // The devices of a class are of many kinds, and not all keep halves.
  const objective = await prepareObjective(config, engine, model, task, 'f32');
  const arms = federatedArms({ config, model, task });
  const control = new StudyControl();
  const federations = new Map<number, Federation>();
  const frozen = new Map<string, Frozen>();
  let loaded = model.backbone;

  const federationOf = (seed: number): Federation => {
    const known = federations.get(seed) ?? createFederation(settings, task, model, config.training, seed);
    federations.set(seed, known);
    return known;
  };

  /** Batches and number of images of a client. */
  const imagesOf = (seed: number, client: number) => {
    if (isOwn) {
      const source = createBatchSource(task, config.training, clientSeed(seed, client));
      const paint = createBatchPainter(task, model);
      return { batch: (step: number) => paint(source(step)), images: task.train.count };
    }
    const { batches, partition } = federationOf(seed);
    return { batch: batches[client] ?? null, images: partition.clients[client]?.length ?? 0 };
  };

  return {
    async train(head, values, onShare, signal) {
      const { arm, seed, round, clients } = head;
      const rule = checkRule(head.rule);
      const planned = arms.find((one) => one.arm.id === arm);
      if (!planned || round >= settings.rounds || !config.seeds.includes(seed))
        throw new CannotTrain({ kind: 'other-study' });
      const course = JSON.stringify([seed, arm, rule]);
      // Frozen weights of an earlier seed are not asked for again.
      for (const key of frozen.keys()) if (!key.startsWith(`[${seed},`)) frozen.delete(key);
      const before = frozen.get(course) ?? { backbone: model.backbone, applied: 0 };
      const now = withUpdates(before, planned, head, values, model.backbone);
      frozen.set(course, now);
      const held = clients.map((client) => imagesOf(seed, client));
      const empty = held.findIndex(({ images }) => images === 0);
      if (empty >= 0) throw new CannotTrain({ kind: 'no-images', client: clients[empty] });
      if (now.backbone !== loaded) engine.load(neededPart(now.backbone, objective));
      loaded = now.backbone;
      const batches: Federation['batches'] = Array.from({ length: settings.clients }, (_, client) => {
        const place = clients.indexOf(client);
        return place < 0 ? null : held[place].batch;
      });
      const checkpoint = async (): Promise<void> => {
        await control.checkpoint();
        signal.throwIfAborted();
      };
      const every = Math.max(1, Math.floor(settings.localSteps / TELLS));
      const adapters = await trainClients(
        { config, engine, objective, task, memoryBytes: undefined, checkpoint },
        settings,
        planned,
        { batches },
        { round, clients, start: values.subarray(0, planned.layout.size), frozenA: keepsA(rule), seed },
        (done, pausing) => {
          if (!pausing && done % every === 0) onShare(done / settings.localSteps);
        },
      );
      return { adapters, images: held.map(({ images }) => images) };
    },
  };
}
