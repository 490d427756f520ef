/**
 * Other domains of a task: its classes, drawn or transformed in ways in which none of its training images is. They test an adapter out of
 * distribution. load-other-domains.ts makes their images.
 */
import type { Task } from '../task.ts';
import { HELD_OUT_STYLES, PRETRAINING_STYLES, type StyleId } from './atlas.ts';
import type { DomainId } from './domains.ts';
import { BUNDLED_WORDS } from './messages.ts';
import { BUNDLED_TASKS, type BundledTask } from './tasks.ts';

export interface Look {
  readonly styles: readonly StyleId[];
  readonly domain: DomainId;
}

const transformed = (domain: DomainId): Look => ({ styles: PRETRAINING_STYLES, domain });

/** By id, in display order. Ids are part of addresses: never rename one. */
const LOOKS = {
  plain: transformed('plain'),
  negative: transformed('colour-negative'),
  swap: transformed('channel-swap'),
  sketch: transformed('sketch'),
  mosaic: transformed('mosaic'),
  night: transformed('night'),
  openmoji: { styles: [HELD_OUT_STYLES[0]], domain: 'plain' },
  fxemoji: { styles: [HELD_OUT_STYLES[1]], domain: 'plain' },
} as const satisfies Readonly<Record<string, Look>>;

export type OtherDomainId = keyof typeof LOOKS;

export const OTHER_DOMAINS = Object.keys(LOOKS) as readonly OtherDomainId[];

/** In the spoken language. */
export const otherDomainName = (id: OtherDomainId): string => BUNDLED_WORDS.domains[id];

export const lookOf = (id: OtherDomainId): Look => LOOKS[id];

/** The bundled task with this id; undefined for own images. */
export const bundledById = (id: string): BundledTask | undefined => BUNDLED_TASKS.find((task) => task.id === id);

const isSameLook = (task: Pick<BundledTask, 'styles' | 'domain'>, { styles, domain }: Look): boolean =>
  task.domain === domain && task.styles.join() === styles.join();

/**
 * The domains that a task can be tested on besides its own. Own images can be transformed, but not drawn in another style, and plain is how
 * they are.
 */
export function otherDomainsOf({ id }: Pick<Task, 'id'>): OtherDomainId[] {
  const bundled = bundledById(id);
  return OTHER_DOMAINS.filter((domain) =>
    bundled ? !isSameLook(bundled, LOOKS[domain]) : domain !== 'plain' && LOOKS[domain].styles === PRETRAINING_STYLES,
  );
}
