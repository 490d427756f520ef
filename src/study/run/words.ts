/** What people read about a study that runs: why it cannot start, and what happens to it on the way. */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';
import { integer } from '../../core/number-format.ts';
import type { MemoryLimit } from '../../engine/engine.ts';

export const STUDY_NOTICES = catalogue('studyRun', {
  diverged: (arm: string, seed: number, step: number, rate: number) =>
    `${arm}, seed ${seed}, diverged at step ${step}: its loss is not a finite number any more. This run ends, and all others go on. Lower the learning rate of ${arm} (now ${rate}).`,
  allDiverged: 'No run is left to analyse: all of them diverged.',
  interrupted: (step: number) =>
    `Of the training up to step ${step} only the first adapters are known: those of the steps between went with the interruption, and what is shown of them is missing.`,
  otherPixels:
    'The images have other pixels than those of the study before: either they are others, or another browser decoded the same files. If the backbone’s loss on the test images differs, the study is refused; the other images cannot be checked. Only the same images make one study.',
  notFollowed:
    'Planes and distances that were computed now are of the trained adapters alone, and nothing is measured along training: adapters on the way were not kept.',
  otherDevice: (before: string, now: string) =>
    `The study began on ${before} and goes on on ${now}: its numbers agree with an uninterrupted run up to rounding, not bit for bit.`,
  simulatedNow:
    'The devices of a classroom had begun to train the clients of this study. Its clients are simulated now.',
  fewerKept: (kept: number, wanted: number, megabytes: number) =>
    `Of every run ${kept} instead of ${counted(wanted, 'adapter')} are kept on the way: all runs together may take ${megabytes} MB for them.`,
  fewerTested: (steps: number, megabytes: number) =>
    `Along training every run is tested at ${counted(steps, 'step')} fewer than asked for: the adapters of all runs together may take ${megabytes} MB.`,
  mixedKinds: (kept: 'LoRA' | 'DoRA') =>
    `LoRA and DoRA adapters have no form in common: there are no paths between them, and planes and merges are of ${kept} adapters only.`,

  invalidConfig: (path: string | null, why: string) =>
    `The study’s configuration is invalid at ${path ?? 'its root'}: ${why}`,
  noImages: (task: string, train: number, test: number) =>
    `The task “${task}” needs training and test images (it has ${train} and ${test}).`,
  promptsPerClass: (task: string, prompts: number, classes: number) =>
    `The task “${task}” has ${counted(prompts, 'prompt')} for ${counted(classes, 'class', 'classes')}.`,
  wrongImages: (
    split: 'train' | 'validation' | 'test',
    task: string,
    found: { readonly labels: number; readonly values: number },
    due: { readonly images: number; readonly values: number },
  ) =>
    `The ${split} images of “${task}” have ${counted(found.labels, 'label')} and ${counted(found.values, 'value')}; ${counted(due.images, 'image')} need ${due.images} and ${due.values}.`,
  wrongLabel: (split: 'train' | 'validation' | 'test', task: string, place: number, label: number, classes: number) =>
    `The ${split} image ${place} of “${task}” has label ${label}, which is none of its ${counted(classes, 'class', 'classes')}.`,
  noReference: (arm: string) =>
    `${arm} is taken where it equals an arm of another method, but this study has no such arm that is taken at its end.`,
  ofArm: (arm: string, why: string) => `Arm “${arm}”: ${why}`,
  /** @param some the names of some of them */
  classesAlike: (count: number, some: string) =>
    `To the backbone ${integer(count)} classes are one: its vocabulary lacks the words in which ${some} differ, so that nothing tells them apart. Give them names that it knows, or choose a backbone with a larger vocabulary.`,
  noTokenizer: 'The backbone folder has no tokenizer.json: class prompts cannot be encoded.',
  severalPrompts: (arm: string) =>
    `Several prompt templates are averaged only while the text tower is frozen, and the arm “${arm}” adapts it. Keep one template, or adapt the vision tower only.`,

  /** @param right shares in per cent */
  wrongDevice: (device: string, right: string, different: number, images: number, expected: string) =>
    `${device} computes this backbone wrongly: without training it classifies ${right} of the test images correctly, and ${different} of ${counted(images, 'image')} otherwise than is known of it (${expected} are right). Choose another device for the computation.`,
  deviceNotFinite: (device: string) =>
    `${device} computes this backbone wrongly: without any adapter, and before any training, it gives values that are not numbers. Choose another device for the computation.`,
  weightsNotFinite:
    'The weights of the backbone hold values that are not numbers, so nothing can be computed with them. Get the backbone again, or choose another one.',

  chooseAdapters: (most: number, chosen: number) =>
    `Choose 1 to ${counted(most, 'adapter')} to evaluate, not ${chosen}.`,
  noClassifier: (adapter: string) =>
    `“${adapter}” brings no classifier, and this backbone has none for the task: it cannot be evaluated.`,
  otherClasses: (adapter: string, has: number, task: string, needs: number) =>
    `“${adapter}” tells ${counted(has, 'class', 'classes')} apart; the task “${task}” has ${needs}.`,
  otherNames: (adapter: string, task: string, missing: readonly string[]) =>
    `“${adapter}” tells other classes apart than those of the task “${task}”${missing.length > 0 ? `: it does not know ${missing.join(', ')}` : ''}.`,
  unknownClasses: (adapter: string) =>
    `“${adapter}” does not say which classes it tells apart. It is tested as if they were those of the task, in their order.`,
  noWords: 'This backbone has no text tower: only the classes it was trained on can be asked for.',
  /** @param least with its unit, like the others */
  memoryShort: (least: string, weights: string, limit: string, kind: MemoryLimit['kind']) =>
    `A training step needs at least ${least} of memory, ${weights} of it for the weights, and ${
      {
        chosen: `you allow ${limit}`,
        addressable: `this device can address ${limit}`,
        found: `this device turned out to have ${limit}`,
        guessed: `${limit} is assumed for this device, because it does not say how much it has`,
      }[kind]
    }. It is tried all the same. A smaller backbone or smaller images need less.`,
  tensorTooLarge: (tensor: string, limit: string) =>
    `One tensor of a training step takes ${tensor} even with one image at a time, and this device takes ${limit} at once. A smaller backbone or smaller images need less, and so do fewer classes where the text tower is adapted.`,
  isRunning: 'A study is running. Ask again when it has ended.',
});
