/** Which form a kernel has where: the usual one, unless another was chosen for the site. */
import type { KernelChoice } from '../../../kernel-tuning.ts';
import { dispatchesOf, type Family, type Hardware, type Inputs, type Launch } from './forms.ts';

/** A problem that was asked for, with what it takes to compute it in another form. */
export interface Site {
  /** Family and problem. */
  readonly id: string;
  readonly family: string;
  /** Names of the forms: the usual one, and what else there is. */
  readonly usual: string;
  readonly others: readonly string[];
  /** Whether a form claims the bits of the usual one. */
  readonly hasSameBits: (form: string) => boolean;
  /** What the values of its tensors may be. */
  readonly inputs: Inputs;
  /** The dispatch in a form. Its tensors may have been freed: then only their shapes count. */
  readonly launch: (form: string) => Launch;
}

/** A kernel that comes of a choice, and where. */
export interface Met {
  readonly site: Site;
  /** The chosen one. */
  readonly form: string;
}

/** A dispatch, and the site it belongs to, where sites are named. */
export interface Chosen {
  readonly launch: Launch;
  readonly site: string | null;
}

export class Choices {
  private chosen: KernelChoice = {};
  private isUsual = true;
  private noted: Map<string, Site> | null = null;
  private met: Map<string, Met> | null = null;

  constructor(private readonly hardware: Hardware) {}

  get present(): KernelChoice {
    return this.chosen;
  }

  /** From now on. What names no form that this device can take is the usual one. */
  choose(choice: KernelChoice): void {
    this.chosen = choice;
    this.isUsual = Object.keys(choice).length === 0;
  }

  /** Calls `work` with sites named, and returns those it asks for at once. */
  noting<R>(work: () => R): { result: R; sites: Site[] } {
    const noted = new Map<string, Site>();
    this.noted = noted;
    try {
      const result = work();
      return { result, sites: [...noted.values()] };
    } finally {
      this.noted = null;
    }
  }

  /** Calls `work`, and returns what of the choice it asks for at once: each of the kernels that are not those of the usual form, where it was met first. */
  meeting(work: () => void): Met[] {
    const met = new Map<string, Met>();
    this.met = met;
    try {
      work();
    } finally {
      this.met = null;
    }
    return [...met.values()];
  }

  /** The dispatch of a problem in its form. */
  launch<P, F>(family: Family<P, F>, problem: P, make: (form: F) => Launch): Chosen {
    const { hardware, noted } = this;
    const usual = family.usual(hardware, problem);
    // Most studies run with the usual forms: to name sites would cost the host a string per dispatch.
    if (this.isUsual && !noted) return { launch: make(usual), site: null };
    const site = `${family.id}: ${family.siteOf(problem)}`;
    if (noted && !noted.has(site)) noted.set(site, siteOf(site, family, hardware, problem, make));
    const name = (this.chosen[site] ?? this.chosen[family.id]) as string | undefined;
    const forms = family.every ?? family.others;
    const form =
      name === undefined ? undefined : forms(hardware, problem).find((other) => family.nameOf(other) === name);
    const launch = make(form ?? usual);
    if (this.met && name !== undefined && form !== undefined && name !== family.nameOf(usual)) {
      const key = [site, ...dispatchesOf(launch).map(({ kernel }) => kernel.key)].join(' | ');
      if (!this.met.has(key)) this.met.set(key, { site: siteOf(site, family, hardware, problem, make), form: name });
    }
    return { launch, site };
  }
}

function siteOf<P, F>(
  id: string,
  family: Family<P, F>,
  hardware: Hardware,
  problem: P,
  make: (form: F) => Launch,
): Site {
  const usual = family.usual(hardware, problem);
  const named = (forms: readonly F[]) => new Map(forms.map((form) => [family.nameOf(form), form]));
  const others = named(family.others(hardware, problem));
  let every: ReadonlyMap<string, F> | null = null;
  // What was chosen for a problem of the site may not be among those that are tried for another.
  const formOf = (name: string): F =>
    others.get(name) ?? (every ??= named(family.every?.(hardware, problem) ?? [])).get(name) ?? usual;
  return {
    id,
    family: family.id,
    usual: family.nameOf(usual),
    others: [...others.keys()],
    inputs: family.inputs ?? {},
    hasSameBits: (name) => family.sameOrder(problem, usual, formOf(name)),
    launch: (name) => make(formOf(name)),
  };
}
