/** The words of an embedded frame around its charts. */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';

interface About {
  readonly task: string;
  readonly seeds: number;
  readonly steps: number;
  /** As people write it. */
  readonly date: string;
}

export const EMBED_WORDS = catalogue('embed', {
  heading: (task: string) => `CopRA Playground: ${task}`,
  headingWithoutResult: 'CopRA Playground: no result',
  about: ({ task, seeds, steps, date }: About) =>
    `${task} · ${counted(seeds, 'seed')} · ${counted(steps, 'step')} · ${date}`,
  noResult: 'No result in this address.',
  openWhole: 'Open in CopRA Playground',
  absence: (view: string) => `This result has nothing under “${view}”: that analysis was off, or had not begun.`,
  /** What the link leaves out follows. */
  absenceInLink: (view: string) =>
    `This link has nothing under “${view}”: that analysis was off, had not begun, or is left out.`,
});
