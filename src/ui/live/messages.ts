/** The words of the live column: running, progress, tape and curves. */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';
import { fixed, integer, MISSING, percent } from '../../core/number-format.ts';

interface ChangeText {
  readonly label: string;
  /** Empty where the values are too long to show. */
  readonly from: string;
  readonly to: string;
}

export const LIVE_WORDS = catalogue('live', {
  run: 'Run',
  runHere: 'Run it here',
  runAgain: 'Run again',
  runAgainHere: 'Run it again here',
  runWithChanges: 'Run with changes',
  /** Beside the button that resumes the study that was stopped. */
  startOver: 'Start over',
  starting: 'Starting',
  stopping: 'Stopping',
  resume: 'Resume',
  pause: 'Pause',
  singleStep: 'Single step',
  stopAtOnce: 'Stop at once',
  stop: 'Stop and keep what is done',
  /** @param named the first changes @param more how many follow @returns "steps 600 → 40, seeds 0 1 → 0 and 2 more" */
  changes: (named: readonly ChangeText[], more: number) =>
    `${named.map(({ label, from, to }) => (from ? `${label} ${from} → ${to}` : `${label} ${to}`)).join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  changedSince: 'Changed since the result shown:',
  /** After the changes. */
  runningTrains: (adapters: number, isRetrained: boolean) =>
    `. Running trains ${counted(adapters, 'adapter')} again${isRetrained ? ' and repeats every analysis.' : ' (the same ones) and repeats the analyses.'}`,
  changedForNext: 'Changed for the next run:',
  /** After the changes. */
  goesOn: '. The study under way, with its figures, goes on with the settings it began with.',
  takeBack: 'Take its settings back',
  notifications: {
    about: 'notifications',
    blocked:
      'This browser blocks notifications for this site. Allow them in its settings to be told when a study ends.',
    on: 'Will notify you',
    off: 'Notify me',
  },
  phases: 'Phases of a study',
  progress: 'Progress of the phase',
  begins: 'starting',
  idle: 'not running',
  /** @param rate null while it is not known */
  rate: (rate: number | null) => `${rate === null ? MISSING : integer(rate)} images/s`,
  /** @param time as a clock shows it */
  remaining: (time: string) => `left ${time}`,
  stepOf: (step: number, steps: number) => `step ${integer(step)} of ${integer(steps)}`,
  done: 'done',
  stopped: 'stopped',
  stoppedAt: (place: string) => `stopped at ${place}`,
  stoppedInAnalyses: 'stopped before its analyses were done',
  /** Heard by readers of screens. */
  studyDone: 'The study is done.',
  studyStopped: 'The study was stopped.',
  paused: 'Paused.',
  /** @param left as a clock shows it; null while it is not known */
  progressSentence: (phase: string, place: string, left: string | null) =>
    `${phase}: ${place}${left === null ? '' : `, about ${left} left`}.`,
  source: {
    loading: 'Loading',
    loadingText: 'The numbers and charts of the study come in a moment.',
    none: 'No result yet',
    noneText: 'Press “Run it here”: all arms train on this device, and every chart fills as they do.',
    saved: 'Saved result',
    link: 'From the link',
    linkText: 'Numbers from the link, not computed here.',
    file: 'From the file',
    fileText: 'Numbers from the file, not computed here.',
    united: 'United',
    unitedText: 'Several studies with different seeds, united; not all computed here.',
    computed: 'Computed here',
    live: 'Live',
    showSaved: 'Show the saved result',
    backToOwn: 'Back to my own result',
    software: '(software)',
    precision: { f16: 'in half precision', mixed: 'partly in half precision' },
    evaluated: (adapters: number) => `${counted(adapters, 'adapter')} evaluated, nothing trained`,
    trained: (arms: number, seeds: number, steps: number) =>
      `${counted(arms, 'arm')} × ${counted(seeds, 'seed')} × ${counted(steps, 'step')}`,
    computing: 'computing on this device',
    /** @param time as a clock shows it */
    computedIn: (time: string) => `computed on this device in ${time}`,
  },
  sweepValue: (setting: string) => `Tape and curves: at ${setting}`,
  tape: {
    about: 'how to read the activation tape',
    help: [
      'One row per layer, the input at the bottom; one column per training step. Colour: the layer’s LoRA was active and learned. Grey: it was switched off for this step and the frozen weights worked alone.',
      'The line is p, the probability with which a layer is active. The column on the right shows the layers at the marked step.',
    ],
    seedShown: 'Seed of the tapes shown',
    seed: (seed: number) => `seed ${seed}`,
    caption:
      'Coloured where a layer’s LoRA was active, grey where it was switched off; the line is the activation probability p.',
    axis: 'training step',
    of: (arm: string) => `Activation tape of ${arm}`,
    allLayers: 'all',
    at: (step: number, probability: number, active: number, layers: number) =>
      `step ${integer(step)} · p = ${fixed(probability, 2)} · ${active} of ${layers} active`,
    noStep: (isRunning: boolean): string => (isRunning ? 'no step yet' : 'not recorded'),
    columns: { arm: 'Arm', steps: 'Steps', probability: 'p', layer: (layer: number) => `Layer ${layer} %` },
    layers: (layers: readonly number[]) => `: ${layers.length === 1 ? 'layer' : 'layers'} ${layers.join(', ')}`,
  },
  curves: {
    help: [
      'All arms see the same images in the same order. Arms that adapt the same layers with the same rank start from the same factors: CopRA with the settings of LoRA differs from it in its gates only.',
      'CopRA is validated with every layer on, also while training drops layers. Judge its accuracy after the ramp. What the backbone reaches without training is measured on the test images, which may be harder or easier: it has no line here. Bands are one standard deviation over seeds.',
      'A step of CopRA trains fewer adapters and computes less. Updates counts active adapters, all layers together as 1; compute counts the arithmetic of a run on its own. Both follow from the gates. Where the study has measured the time of a step, time is that of a run on its own.',
    ],
    /** @param accuracy in per cent, with its spread */
    soFar: (arm: string, accuracy: string, step: number) => `${arm} ${accuracy} % at step ${integer(step)}`,
    soFarAll: (arms: readonly string[]) => `Validation accuracy so far: ${arms.join(', ')}.`,
    validationImages: (count: number) => counted(count, 'validation image'),
    /**
     * @param arms with their mean accuracies on the validation images, the higher first @param remark whether that is clear, and the interval
     */
    endOtherwise: (
      images: number,
      arms: readonly { readonly name: string; readonly validation: number }[],
      remark: string,
    ) =>
      `On the ${counted(images, 'validation image')} of the curves the order of the means is the other one: ${arms.map(({ name, validation }) => `${name} ends at ${percent(validation)}`).join(', ')}${remark}.`,
    countedIn: 'Training: counted in',
    empty: 'Loss and accuracy are drawn here while the arms train.',
    /** In the place of the curves of adapters that were only tested. */
    notTrained: 'Nothing was trained: adapters that were there were tested.',
    accuracyAxis: 'Validation accuracy, %',
    lossAxis: (hasDiverged: boolean) => `Training loss, nats${hasDiverged ? ' (dotted: a run diverged)' : ''}`,
    step: (step: string) => `step ${step}`,
    columns: {
      arm: 'Arm',
      step: 'Step',
      accuracy: 'Validation accuracy %',
      sd: 'sd',
      loss: 'Validation loss',
      seeds: 'Seeds',
    },
    caption: {
      /** @param first absent: all after the same number of steps @param whole seeds tested as they were in the end */
      taken: (name: string, first: number | null, last: number, whole: number): string =>
        `${name} is tested as it was after ${first === null ? '' : `${integer(first)} to `}${counted(last, 'step')}${whole > 0 ? `, ${counted(whole, 'seed after all of its steps', 'seeds after all of their steps')}` : ''}`,
      reaches: (name: string, accuracy: string, isFirst: boolean): string =>
        `${name} ${isFirst ? 'reaches ' : ''}${accuracy}`,
      /** @param steps 0: nothing was trained here */
      after: (steps: number, arms: string, over: string): string =>
        `${steps > 0 ? `After ${counted(steps, 'step')}` : 'Without further training'} ${arms} test accuracy (${over})`,
      zeroShot: (accuracy: string): string => `without training it is ${accuracy}`,
      headOnly: (accuracy: string): string => `with the head alone it is ${accuracy}`,
      divergedRun: (seed: number, step: number): string => `seed ${seed} at step ${step}`,
      /** "1 of 3 runs of LoRA diverged (seed 4 at step 20) and is left out of every mean and figure: lower the learning rate of LoRA" */
      diverged: (name: string, diverged: number, runs: number, which: string): string =>
        `${diverged === runs && runs > 1 ? 'all' : diverged} of ${counted(runs, 'run')} of ${name} diverged (${which}) and ${diverged === 1 ? 'is' : 'are'} left out of every mean and figure: lower the learning rate of ${name}`,
      guesses: (chance: string): string =>
        `Without training the backbone is not clearly better than guessing (${chance}): it may not know such images. Another one may: “Get another backbone” has some.`,
      belowChance: (name: string, chance: string): string =>
        `${name} ends below chance (${chance}): try a tenth of its learning rate, and look whether the classes are what their names say`,
      belowZeroShot: (name: string, points: string): string =>
        `${name} ends ${points} points below the backbone without training, so it lost more than it learnt: try a lower learning rate, fewer steps or more training images`,
      belowHead: (name: string, points: string): string =>
        `${name} ends ${points} points below a head trained alone on the frozen backbone, so its adapter does harm or was trained too little: try another learning rate, more steps or more training images`,
    },
  },
  strip: {
    /** @param step after which they were asked; null: before training */
    caption: (pictures: number, step: number | null) =>
      `${pictures} test pictures ${step === null ? 'before training' : `after step ${integer(step)}`}, one seed of each arm`,
    /** @param label its class; empty where it is not known */
    picture: (number: number, label: string) => `Picture ${number}${label ? `, ${label}` : ''}`,
    right: 'Right',
    unknown: 'not known yet',
    unasked: 'ended before it was asked',
  },
});
