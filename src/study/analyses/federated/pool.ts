/** Who trains the clients of a federation: this device all of them at once, or the devices of a class. Both are asked through the same rounds and messages. */
import { problemText } from '../../classroom/device-problem.ts';
import { keepsA, type FederatedRuleId } from '../../../copra/federated/rule-list.ts';
import type { Crew, CrewDevice } from '../../classroom/crew.ts';
import type { StudyHead } from '../../classroom/messages.ts';
import type { RoundNews, RoundOutcome, RoundTask } from '../../classroom/round.ts';
import { Rounds } from '../../classroom/rounds.ts';
import { serveRounds } from '../../classroom/serve.ts';
import { transportPair } from '../../classroom/transport.ts';
import type { StudyContext } from '../../run/context.ts';
import { ANALYSIS_NOTICES } from '../words.ts';
import type { Federation } from './clients.ts';
import { NO_CHANGES } from './frozen-changes.ts';
import { trainClients, type FederatedArm } from './local-training.ts';
import type { FederatedSettings } from './settings.ts';

export interface PoolRound extends RoundTask {
  readonly planned: FederatedArm;
  readonly rule: FederatedRuleId;
  readonly federation: Federation;
}

/** Called when a local step starts, when a pause begins, and as devices tell how far they are. @param done steps */
type OnStep = (done: number, pausing: boolean) => void;

export interface Pool {
  /** The devices of a class; null: clients are simulated. */
  readonly crew: Crew | null;
  readonly train: (round: PoolRound, onStep: OnStep) => Promise<RoundOutcome>;
  readonly end: () => void;
}

const studyHead = ({ config, task, engine }: StudyContext, { rounds, localSteps }: FederatedSettings): StudyHead => ({
  type: 'study',
  config,
  task: task.name,
  classes: [...task.classes],
  prompts: [...task.prompts],
  rounds,
  localSteps,
  backend: engine.info.backend,
});

/** Stops nothing: a simulated round ends with its training. */
const NEVER = new AbortController().signal;

/** All clients of a round train on this device, as one population. The engine holds the frozen weights of the round. */
function simulated(context: StudyContext, settings: FederatedSettings): Pool {
  const { host, client } = transportPair();
  let fail: (error: unknown) => void = () => {};
  const failure = new Promise<never>((_, reject) => (fail = reject));
  failure.catch(() => {}); // awaited with every round
  let current: { readonly round: PoolRound; readonly onStep: OnStep } | null = null;
  serveRounds(client, {
    open: () =>
      Promise.resolve({
        async train({ clients }, start) {
          if (!current) throw new Error('No round is under way.');
          const { planned, federation, rule, seed, round } = current.round;
          const local = { round, clients, start, frozenA: keepsA(rule), seed };
          const adapters = await trainClients(context, settings, planned, federation, local, current.onStep);
          return { adapters, images: clients.map((k) => federation.partition.clients[k].length) };
        },
      }),
    failed: fail,
    closed: () => {},
  });
  const all: CrewDevice = {
    name: '',
    holds: Array.from({ length: settings.clients }, (_, k) => k),
    transport: host,
    isTrusted: true,
    hasOwnImages: false,
  };
  const crew: Crew = { devices: () => [all], onChange: () => () => {}, deadline: () => null };
  const rounds = new Rounds(crew, studyHead(context, settings), () => {});
  return {
    crew: null,
    async train(round, onStep) {
      current = { round, onStep };
      // Its frozen weights are on the engine already.
      return Promise.race([rounds.ask({ ...round, changes: NO_CHANGES }, NEVER), failure]);
    },
    end: () => rounds.end(),
  };
}

function newsText(news: RoundNews): string {
  const words = ANALYSIS_NOTICES.classroom;
  switch (news.type) {
    case 'nobody-here':
      return words.nobodyHere(news.round + 1);
    case 'nobody-answered':
      return words.nobodyAnswered(news.round + 1);
    case 'too-large':
      return words.tooLarge(news.device, news.round + 1);
    case 'cut':
      return words.cut(news.device, news.images, news.most);
    case 'refused':
      return words.refused(news.device, news.round + 1, words.refusals[news.refusal]);
    case 'problem':
      return words.problem(news.device, problemText(news.problem));
    default:
      return news satisfies never;
  }
}

/** Every client trains on the device that holds it. */
function ofClass(context: StudyContext, settings: FederatedSettings, crew: Crew): Pool {
  const tell = (news: RoundNews): void => context.emit({ type: 'notice', message: newsText(news) });
  const rounds = new Rounds(crew, studyHead(context, settings), tell);
  return {
    crew,
    async train(round, onStep) {
      await context.checkpoint();
      return rounds.ask(round, context.signal, (share) => onStep(share * settings.localSteps, false));
    },
    end: () => rounds.end(),
  };
}

/** Whoever is asked when a federation begins is asked to its end. */
export function openPool(context: StudyContext, settings: FederatedSettings): Pool {
  const crew = context.crew();
  return crew ? ofClass(context, settings, crew) : simulated(context, settings);
}
