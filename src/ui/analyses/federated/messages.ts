/** The words of the figures of federated training. */
import { counted } from '../../../core/counted.ts';
import { catalogue } from '../../../core/language/catalogue.ts';
import { listed } from '../../../core/listed.ts';
import { integer } from '../../../core/number-format.ts';

/** How the training images lie on the clients of a seed. */
interface Partition {
  readonly byStyle: boolean;
  /** Concentration of the Dirichlet distribution, as it is written; null if it is not known. */
  readonly alpha: string | null;
  readonly clients: number;
  /** Images of the clients with the fewest and the most. */
  readonly least: number;
  readonly most: number;
  /** Share of a client's images that its largest class or style has, as it is written. */
  readonly largest: string;
  /** Whether some clients have fewer images than were wanted. */
  readonly short: boolean;
  /** Clients that are left out, since they trained on images of their own alone, and clients that did so in some rounds. */
  readonly own: number;
  readonly partly: number;
  /** The seed that is shown of several; null if it is the only one. */
  readonly seed: number | null;
}

/** Over all rounds of all trainings: arms, rules and seeds. */
interface AttendanceFacts {
  readonly clients: number;
  readonly trainings: number;
  readonly rounds: number;
  readonly took: number;
  readonly asked: number;
  /** Mean kilobytes of a round. */
  readonly down: string;
  readonly up: string;
}

export const FEDERATED_WORDS = catalogue('federated', {
  /** On axes and in tables. */
  round: 'round',
  layer: 'layer',
  client: 'client',
  roundOf: (round: string): string => `round ${round}`,
  rounds: {
    help: {
      clients:
        'Clients that never show their images to one another train copies of one adapter for some steps; a server makes one adapter of theirs, tests it, and sends it out again. All arms and rules have the same clients and batches.',
      rule: (name: string, text: string): string => `${name}: ${text}`,
      exact: (names: readonly string[]): string =>
        `${listed(names)} ${names.length === 1 ? 'is' : 'are'} exact: what everybody has after a round is the average of the updates.`,
      copra:
        'CopRA clients draw their layers on their own; the probability rises over all rounds, so judge it at the end. An ordinary run of as many steps has all images, but sees as many per step as a single client: it is a reference, not an upper limit.',
      drift:
        'Drift: how far clients end from their average, divided by how far they moved. 0 means that all moved alike; with K clients, √(1 − 1/K) that they had nothing in common.',
    },
    quantity: 'Federated: quantity shown',
    measures: { accuracy: 'Accuracy', loss: 'Loss', drift: 'Drift' },
    driftAxis: 'drift ÷ movement of the clients',
    awaited: 'What the global adapter reaches after every round appears here when the ordinary runs are done.',
    /** In the legend. */
    central: 'ordinary run of as many steps, colour of its arm',
    clientsMeta: (clients: number, percent: number | null): string =>
      `${counted(clients, 'client')}${percent === null ? '' : `, ${percent} % in a round`}`,
    devicesMeta: 'devices of a classroom',
    roundsMeta: (rounds: number, steps: number): string => `${counted(rounds, 'round')} × ${counted(steps, 'step')}`,
    ordinaryRun: 'ordinary run',
    thenDiverged: (rounds: number): string => `${rounds}, then diverged`,
    head: ['Arm', 'Rule', 'Seed', 'Rounds', 'Accuracy %', 'Loss', 'Error %', 'Drift ÷ movement', 'Down, kB', 'Up, kB'],
    caption: {
      after: (arms: string, rounds: number, ofRounds: number, rules: string): string =>
        `${arms} after ${rounds < ofRounds ? `${rounds} of ${counted(ofRounds, 'round')}` : counted(rounds, 'round')}: ${rules}`,
      central: (accuracies: string): string => `ordinary runs of as many steps on all images ${accuracies}`,
      divergedIn: (rule: string, seed: number, round: number): string => `${rule} in round ${round} of seed ${seed}`,
      /**
       * "1 of 4 federated trainings of LoRA diverged (FedIT in round 3 of seed 4) and is left out of these numbers: lower the learning rate of LoRA"
       * @param place of the words: beside the numbers of other trainings, or without any, at the beginning of the sentence or later
       */
      diverged: (
        name: string,
        diverged: number,
        trainings: number,
        which: string,
        place: 'beside numbers' | 'first' | 'later',
      ): string => {
        const all = place === 'first' ? 'All' : 'all';
        const leftOut = `${diverged === 1 ? 'is' : 'are'} left out of these numbers`;
        return `${diverged === trainings && trainings > 1 ? all : diverged} of ${counted(trainings, 'federated training')} of ${name} diverged (${which})${place === 'beside numbers' ? ` and ${leftOut}` : ''}: lower the learning rate of ${name}`;
      },
      noRanking: 'with one seed, no ranking of rules',
    },
  },
  error: {
    title: 'Error of aggregation per layer',
    help: {
      formula:
        'The average of the clients’ updates is Σ pₖBₖAₖ. Averages of A and of B do not multiply to it: the error is E = Σ pₖ(Bₖ − B)(Aₖ − A), and a cell shows ‖E‖ as a share of ‖Σ pₖBₖAₖ‖, all projections of a layer together.',
      meaning:
        'The more clients differ, the larger it is; it says what is lost or added by chance, not how much accuracy that costs. It is a share of the update of all rounds so far: beside a longer update the same error is a smaller share. Rules that are exact have no panel.',
    },
    awaited: 'Appears with the first round.',
    allExact: 'All rules so far are exact: nothing is lost.',
    leftOut: 'The errors were left out of this result.',
    strongest: (percent: string): string => `strongest colour: ${percent} % of the average update`,
    reading: (course: string, layer: string, round: number, percent: string): string =>
      `${course}, layer ${layer}, round ${round}: ${percent} %`,
    towers: { vision: 'vision', text: 'text' },
    head: ['Arm', 'Rule', 'Tower', 'Layer', 'Error in the last round, %', 'Seeds'],
    caption: {
      inRound: (values: string, round: number): string => `${values} in round ${round}`,
      cross: (round: number): string => `they cross in round ${round}`,
      of: (arms: string, rules: string): string => `Mean over layers, ${arms}: ${rules}. Exact rules have no error.`,
      overall: (values: string): string => `${values} over all rounds`,
      shareOf:
        'These are shares of the average update of all rounds so far: beside a longer update the same error is a smaller share, and clients that move little err little.',
      /**
       * @param alike the rounds in which arms are compared, of so many @param errors of the arms, in per cent of the largest that the clients’ movement allows @param updates their lengths
       */
      compared: (alike: number, rounds: number, arms: string, errors: string, updates: string): string =>
        `So arms are compared in the error itself, over the ${alike} of ${counted(rounds, 'round')} in which clients of all arms move about equally far: as a share of the largest error that this movement allows, ${arms} ${errors}, with average updates ${updates} long.`,
      neverAlike: 'In no round do clients of all arms move about equally far, so the arms are not compared.',
      lengthsUnknown:
        'So arms are not compared in them, and this result does not keep how long errors and updates are.',
    },
  },
  attendance: {
    message: 'Which devices answered in time, round by round.',
    help: {
      cells:
        'Every client is a device of its own. A cell is full where it took part in a round under all arms, rules and seeds, and empty where it did not: it was not connected, not drawn, too late, or its answer was refused.',
      bytes:
        'A round goes on with the devices that are there, and weighs each by its images, as its column “Counts as” says: images of a device’s own count for no more than the largest client of the study has. Bytes are those of all messages of a round, adapters and message headers.',
    },
    simulated: 'All clients were simulated: everybody who was drawn took part.',
    client: (client: number): string => `client ${client}`,
    reading: (name: string, round: number, took: number, asked: number, of: number): string =>
      `${name}, round ${round}: took part in ${took} of ${counted(of, 'training')}, was asked in ${asked}`,
    caption: ({ clients, trainings, rounds, took, asked, down, up }: AttendanceFacts): string =>
      `${counted(clients, 'client')}, ${counted(rounds, 'round')} of ${counted(trainings, 'training')}: ${integer(took)} of ${integer(asked)} answers came in time. On average ${down} kB went out in a round, and ${up} kB came back.`,
    head: ['Client', 'Name', 'Took part', 'Asked', 'Of rounds', 'Counts as', 'Own images'],
  },
  clients: {
    message: 'Every client holds its own mix of classes.',
    title: 'Images of the clients',
    help: {
      kinds:
        'Dirichlet: the images of every class are shared out in random parts, the more unevenly the smaller α is. By style: every client has its own artwork styles.',
      weights:
        'In the aggregate a client weighs as much as it has images, but in a round all take equally many steps: a client with few images sees them more often.',
    },
    awaited: 'Appears when federated training begins.',
    allOwn:
      'All clients trained on images of their own, of whose classes nothing is known here; the study’s images were not shared out.',
    partition: ({ byStyle, alpha, clients, least, most, largest, short, own, partly, seed }: Partition): string => {
      const how = byStyle ? 'By artwork style' : `Dirichlet${alpha === null ? '' : `, α = ${alpha}`}`;
      return [
        `${how}: ${counted(clients, 'client')} with ${integer(least)} to ${counted(most, 'training image')}; the largest ${byStyle ? 'style' : 'class'} of a client is ${largest} of its images on average`,
        ...(short ? ['some clients have fewer than 10 images, and no draw gave everybody more'] : []),
        ...(own > 0
          ? [`left out: ${counted(own, 'client')} with images of their own, of whose classes nothing is known here`]
          : []),
        ...(partly > 0 ? [`with images of their own in some rounds: ${counted(partly, 'client')}`] : []),
        ...(seed === null ? [] : [`seed ${seed} is shown, other seeds have other clients`]),
      ]
        .join('; ')
        .concat('.');
    },
    axis: 'training images',
    reading: (client: number, images: number, kind: string): string => `client ${client}: ${images} of ${kind}`,
    head: ['Client', 'Seed', 'Images'],
  },
});
