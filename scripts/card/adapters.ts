/** Which graphics adapter is measured. */
import { isSoftware } from '../../src/engine/devices/webgpu/software-adapter.ts';

export interface NamedAdapter {
  readonly name: string;
  /** "vulkan", "metal", "d3d12" */
  readonly backend: string;
  /** Computes on the processor. */
  readonly software: boolean;
}

const LINE = /^\s*\* backend: '([^']+)', name: '(.+)'\s*$/;

/** @param words with which Dawn refuses an adapter that there is none of: it lists those that there are */
export function adaptersIn(words: string): NamedAdapter[] {
  return words.split('\n').flatMap((line) => {
    const [, backend, name] = LINE.exec(line) ?? [];
    if (name === undefined) return [];
    const software = isSoftware({ vendor: '', architecture: '', description: name, isFallbackAdapter: false });
    return [{ name, backend, software }];
  });
}

/**
 * A card before an emulated one, otherwise the first.
 * @param why lines that may say why none answers
 * @param wanted part of a name; absent: any
 * @throws Error naming those that there are when none is wanted, or saying why none is there
 */
export function chooseAdapter(
  adapters: readonly NamedAdapter[],
  why: readonly string[],
  wanted?: string,
): NamedAdapter {
  const names = adapters.map(({ name }) => name).join('; ');
  const asked = adapters.filter(({ name }) => name.toLowerCase().includes((wanted ?? '').toLowerCase()));
  const chosen = asked.find(({ software }) => !software) ?? asked.at(0);
  if (chosen) return chosen;
  if (adapters.length > 0) throw new Error(`No adapter is called "${wanted}". Here: ${names}.`);
  throw new Error(['No graphics adapter answers, not even an emulated one.', ...why].join('\n'));
}
