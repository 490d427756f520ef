/**
 * Opens adapters on the study's backbone, and asks the reader first of those that were trained for another: with that one, with the study's, or not at all. One
 * backbone after the other.
 */
import { errorText } from '../../core/error-text.ts';
import type { Said } from '../../core/language/catalogue.ts';
import type { AdapterManifest } from '../../model/hub/adapters/adapter-manifest.ts';
import type { OtherBase } from './by-backbone.ts';
import { ADAPTER_STATE_WORDS } from './messages.ts';

/** The backbone of the study as it is set now, which can be another one. */
export interface StudyBackbone {
  /** StudyConfig.backbone */
  readonly backbone: () => string;
  /**
   * Fetches a backbone by owner/name or owner/name@revision for the study, which may have got another one meanwhile; null if that failed, which is
   * reported where models are.
   */
  readonly getBackbone: (request: string) => Promise<{ readonly id: string } | 'cancelled' | null>;
}

/** What the page shows of the question. */
export interface AskedState {
  readonly otherBase: OtherBase | null;
  /** What could not be opened, and what to do: one for each name and failure. */
  readonly errors: readonly Said[];
}

/** The part of a store in use. */
interface AskedStore {
  readonly getState: () => AskedState;
  readonly setState: (change: Partial<AskedState> | ((state: AskedState) => Partial<AskedState>)) => void;
}

/** The reader's decisions. */
export interface BaseDecisions {
  /** Opens the adapters of `otherBase`, with the backbone they were trained for or with the study's. */
  readonly settle: (backbone: 'theirs' | 'chosen') => Promise<void>;
  /** Leaves the adapters of `otherBase`. */
  readonly dismiss: () => Promise<void>;
}

interface BaseQuestion extends BaseDecisions {
  /** Opens what was trained for the study's backbone, and asks of the first other one. */
  readonly openOrAsk: (adapters: readonly AdapterManifest[]) => Promise<void>;
}

/** @param open opens adapters on the study's backbone; what it throws is told */
export function createBaseQuestion(
  store: AskedStore,
  study: StudyBackbone,
  open: (adapters: readonly AdapterManifest[]) => Promise<void>,
): BaseQuestion {
  /** Below what failed before. */
  const tellToo = (told: Said): void => store.setState(({ errors }) => ({ errors: [...errors, told] }));
  const failToo = (error: unknown): void => tellToo(() => errorText(error));

  const openOrAsk = async (adapters: readonly AdapterManifest[]): Promise<void> => {
    try {
      const { sortedFor } = await import('./by-backbone.ts');
      const { fitting, question } = sortedFor(study.backbone(), adapters);
      if (question) store.setState({ otherBase: question });
      if (fitting.length > 0) await open(fitting);
    } catch (error) {
      failToo(error);
    }
  };

  /** Takes the question off, and that its backbone could not be fetched; other errors stay. */
  const take = (): OtherBase | null => {
    const { otherBase, errors } = store.getState();
    store.setState({ otherBase: null, errors: errors.filter((told) => told !== otherBase?.unfetched) });
    return otherBase;
  };

  /** The study gets the backbone that adapters were trained for; false: it did not, and the question stays. */
  const takeBackboneOf = async (otherBase: OtherBase): Promise<boolean> => {
    const { requestOf } = await import('../models/curated-backbones.ts');
    const fetched = await study.getBackbone(requestOf(otherBase));
    if (!fetched) {
      const unfetched: Said = () => ADAPTER_STATE_WORDS.backboneFailed(otherBase.baseModel);
      store.setState({ otherBase: { ...otherBase, unfetched } });
      tellToo(unfetched);
      return false;
    }
    const isTheirs = fetched !== 'cancelled' && fetched.id === study.backbone();
    // The reader may decide again: the decision was taken back, or was for another study.
    if (!isTheirs) store.setState({ otherBase });
    return isTheirs;
  };

  return {
    openOrAsk,
    async settle(backbone) {
      const otherBase = take();
      if (!otherBase) return;
      if (backbone === 'theirs' && !(await takeBackboneOf(otherBase))) return;
      await open(otherBase.adapters).catch(failToo);
      await openOrAsk(otherBase.later);
    },
    async dismiss() {
      await openOrAsk(take()?.later ?? []);
    },
  };
}
