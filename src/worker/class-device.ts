/** This device as a client of a class: everything that only a joined device needs. */
import { errorText } from '../core/error-text.ts';
import { taskFromDropped, type DroppedDataset } from '../data/dataset/dropped.ts';
import type { Engine } from '../engine/engine.ts';
import { portLink } from '../platform/links/port-link.ts';
import { asTaskOf, openLocalTrainer } from '../study/analyses/federated/local-trainer.ts';
import { CannotTrain, type DeviceProblem } from '../study/classroom/device-problem.ts';
import { plain, type StudyHead } from '../study/classroom/messages.ts';
import { serveRounds, type LocalTrainer } from '../study/classroom/serve.ts';
import { clientTransport } from '../study/classroom/transport.ts';
import type { InputSource } from './inputs.ts';
import { ALL_SHOTS } from '../data/shots.ts';

/** The task that stands for images of the leading device alone. */
const DROPPED = 'dropped';

async function trainerOf(
  { config, ...study }: StudyHead,
  engine: Engine,
  { loadModel, inputsOf }: Pick<InputSource, 'loadModel' | 'inputsOf'>,
  dataset: DroppedDataset | null,
): Promise<LocalTrainer> {
  if (dataset) {
    const model = await loadModel(config);
    const task = asTaskOf(study, taskFromDropped(dataset, ALL_SHOTS));
    return openLocalTrainer({ config, engine, model, task, isOwn: true });
  }
  if (config.task === DROPPED) throw new CannotTrain({ kind: 'needs-own' });
  return openLocalTrainer({ config, engine, ...(await inputsOf(config, null)), isOwn: false });
}

const problemOf = (error: unknown): DeviceProblem =>
  error instanceof CannotTrain ? error.problem : { kind: 'other', text: errorText(error).slice(0, 1000) };

/** Serves the leading device until it, or the page, closes the port. @param dataset this device's own images; null: its part of the study's */
export function joinClass(
  engine: Engine,
  inputs: Pick<InputSource, 'loadModel' | 'inputsOf'>,
  port: MessagePort,
  dataset: DroppedDataset | null,
): Promise<void> {
  const transport = clientTransport(portLink(port));
  return new Promise((closed) =>
    serveRounds(transport, {
      open: (study) => trainerOf(study, engine, inputs, dataset),
      failed: (error) => void transport.send(plain({ type: 'problem', problem: problemOf(error) })),
      closed,
    }),
  );
}
